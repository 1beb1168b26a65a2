import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { signalGroup } from './process-id.ts'
import type { RunFolder } from './run-folder.ts'

export type ProcessSpec = {
  name: string
  command: string
  args: readonly string[]
  cwd: string
  env: Record<string, string>
  /** The account to run as, when it is not our own. */
  uid?: number
  gid?: number
  /** What asks it to stop; PostgreSQL's fast shutdown is SIGINT. */
  stopSignal?: 'SIGTERM' | 'SIGINT'
}

export type Supervised = {
  name: string
  logPath: string
  pid(): number | undefined
  /** How often it died without being asked to. */
  deaths(): number
  stop(graceMs: number): Promise<void>
}

export type SupervisorOptions = {
  runFolder: RunFolder
  logFolder: string
  /** One sentence whenever a process dies or comes back. */
  tell: (sentence: string) => void
  /** How long a process that died is left alone: the first time, the second, and so on. */
  pausesMs?: readonly number[]
}

export type Supervisor = { start(spec: ProcessSpec): Supervised; all(): Supervised[] }

const usualPausesMs = [200, 500, 1000, 2000, 5000]
const steadyAfterMs = 30_000
const largestLogBytes = 10_000_000

/** Starts processes, each in a group of its own, and starts again those that die. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const all: Supervised[] = []
  return {
    start(spec) {
      const supervised = supervise(spec, options)
      all.push(supervised)
      return supervised
    },
    all: () => [...all],
  }
}

function supervise(spec: ProcessSpec, options: SupervisorOptions): Supervised {
  const { runFolder, logFolder, tell, pausesMs = usualPausesMs } = options
  const logPath = join(logFolder, `${spec.name}.log`)
  const stopSignal = spec.stopSignal ?? 'SIGTERM'
  let child: ChildProcess | undefined
  let stopping = false
  let deaths = 0
  let recentDeaths = 0
  let timer: NodeJS.Timeout | undefined

  const start = () => {
    timer = undefined
    const startedAt = Date.now()
    const started = launch(spec, logPath)
    child = started
    if (started.pid !== undefined) runFolder.remember(spec.name, started.pid, stopSignal)
    let ended = false
    const end = (how: string) => {
      if (ended) return
      ended = true
      child = undefined
      // What it had started itself goes with it, so that the next one finds its port free.
      if (started.pid !== undefined) signalGroup(started.pid, 'SIGKILL')
      runFolder.forget(spec.name)
      if (stopping) return
      deaths += 1
      recentDeaths = Date.now() - startedAt > steadyAfterMs ? 1 : recentDeaths + 1
      const pauseMs = pausesMs[Math.min(recentDeaths, pausesMs.length) - 1] ?? 200
      tell(`${spec.name} stopped (${how}) and is started again in ${pauseMs / 1000} s. Its log: ${logPath}`)
      timer = setTimeout(start, pauseMs)
    }
    started.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
    started.on('error', (error) => end(error.message))
  }
  start()

  return {
    name: spec.name,
    logPath,
    pid: () => child?.pid,
    deaths: () => deaths,
    async stop(graceMs) {
      stopping = true
      clearTimeout(timer)
      const running = child
      const pid = running?.pid
      if (!running || pid === undefined) return
      const gone = once(running, 'exit')
      // Only the process itself: its own children are its own to stop.
      running.kill(stopSignal)
      const kill = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
      await gone
      clearTimeout(kill)
    },
  }
}

function launch(spec: ProcessSpec, logPath: string): ChildProcess {
  const log = openLog(logPath)
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      // Its own group: Ctrl-C reaches only the launcher, which stops everything in order.
      detached: process.platform !== 'win32',
      stdio: ['ignore', log, log],
      ...(spec.uid === undefined ? {} : { uid: spec.uid }),
      ...(spec.gid === undefined ? {} : { gid: spec.gid }),
      windowsHide: true,
    })
  } finally {
    closeSync(log)
  }
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > largestLogBytes) renameSync(path, `${path}.1`)
  return openSync(path, 'a')
}
