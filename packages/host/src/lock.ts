import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startTimeOf } from './process-id.ts'

/** Runs `work` while no other process on this machine holds the same lock file; a dead holder does not count. */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true })
  while (!takeLock(path)) await delay(300, undefined, { signal })
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/** Answers whether this process now holds the lock. */
export function takeLock(path: string): boolean {
  const me = `${process.pid} ${startTimeOf(process.pid)}`
  for (const attempt of [1, 2]) {
    try {
      writeFileSync(path, me, { flag: 'wx' })
      return true
    } catch {
      if (attempt === 2 || lockHolder(path) !== undefined) return false
      rmSync(path, { force: true })
    }
  }
  return false
}

/** The pid of the living process that holds the lock. */
export function lockHolder(path: string): number | undefined {
  try {
    const [pid, ...time] = readFileSync(path, 'utf8').split(' ')
    return startTimeOf(Number(pid)) === time.join(' ') ? Number(pid) : undefined
  } catch {
    return undefined
  }
}
