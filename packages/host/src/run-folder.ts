import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { signalGroup, startTimeOf } from './process-id.ts'

/** A process this shop started: enough to stop it when whoever started it is gone. */
export type RunningProcess = { name: string; pid: number; startTime: string; stopSignal: NodeJS.Signals }

/** The list on disk of what runs, one file each, so that a killed launcher leaves nothing unaccounted for. */
export type RunFolder = {
  path: string
  remember(name: string, pid: number, stopSignal: NodeJS.Signals): void
  forget(name: string): void
  running(): RunningProcess[]
}

export function openRunFolder(dataFolder: string): RunFolder {
  const path = join(dataFolder, 'run')
  mkdirSync(path, { recursive: true })
  const file = (name: string) => join(path, `${name}.pid`)
  return {
    path,
    remember(name, pid, stopSignal) {
      writeFileSync(file(name), `${pid} ${stopSignal} ${startTimeOf(pid) ?? '-'}\n`)
    },
    forget(name) {
      rmSync(file(name), { force: true })
    },
    running() {
      const names = readdirSync(path).filter((entry) => entry.endsWith('.pid'))
      return names.flatMap((entry) => readEntry(path, entry.slice(0, -'.pid'.length)) ?? [])
    },
  }
}

function readEntry(folder: string, name: string): RunningProcess | undefined {
  const [pidText, signal, ...time] = readFileSync(join(folder, `${name}.pid`), 'utf8')
    .trim()
    .split(' ')
  const pid = Number(pidText)
  const startTime = time.join(' ')
  if (!Number.isInteger(pid) || startTimeOf(pid) !== startTime) return undefined
  return { name, pid, startTime, stopSignal: signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM' }
}

/** Stops what an earlier launcher left running and answers how many processes that were. */
export async function stopLeftovers(folder: RunFolder, graceMs = 8000): Promise<number> {
  const found = folder.running()
  for (const left of found) signalGroup(left.pid, left.stopSignal)
  const deadline = Date.now() + graceMs
  while (folder.running().length > 0 && Date.now() < deadline) await delay(50)
  for (const left of folder.running()) signalGroup(left.pid, 'SIGKILL')
  for (const entry of readdirSync(folder.path)) {
    if (entry.endsWith('.pid')) folder.forget(entry.slice(0, -'.pid'.length))
  }
  return found.length
}
