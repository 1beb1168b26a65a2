import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** `resident` counts memory that processes share in each of them, `proportional` (Linux only) once in parts. */
export type MemoryFigure = { name: string; residentMb: number; proportionalMb: number | null }

/** A process with all its children. */
export function memoryOf(name: string, pid: number): MemoryFigure {
  const family = [pid, ...descendants(pid)].map(readMemory)
  const sum = (read: (one: Reading) => number) => family.reduce((total, one) => total + read(one), 0) / 1024
  const isKnown = process.platform === 'linux'
  return { name, residentMb: sum((one) => one.rss), proportionalMb: isKnown ? sum((one) => one.pss) : null }
}

type Reading = { rss: number; pss: number }

function readMemory(pid: number): Reading {
  try {
    if (process.platform !== 'linux') {
      return {
        rss: Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })),
        pss: 0,
      }
    }
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const kilobytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
    return { rss: kilobytes('Rss'), pss: kilobytes('Pss') }
  } catch {
    // It ended between the listing and the reading.
    return { rss: 0, pss: 0 }
  }
}

function descendants(pid: number): number[] {
  if (process.platform !== 'linux') return []
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid)
  return children.flatMap((child) => [child, ...descendants(child)])
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
