import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { generateClients } from '@souk/db/generate'
import { allOrNone } from './all-or-none.ts'
import { givenUp, startBacking } from './backing.ts'
import { buildIfStale } from './builds.ts'
import { defaultPrefix } from './databases.ts'
import type { Backing } from './environment.ts'
import { startGuard } from './guard.ts'
import { claimData } from './launcher.ts'
import { assertPortsFree, type PortName, portSettings, takenSentence } from './ports.ts'
import { Problem } from './problem.ts'
import { readyUrl, specOf } from './process-spec.ts'
import { processes as allProcesses, type ShopProcess } from './processes.ts'
import type { Progress } from './progress.ts'
import { run } from './run.ts'
import { openRunFolder, stopLeftovers } from './run-folder.ts'
import type { Settings } from './settings.ts'
import { createSupervisor, type ProcessSpec, type Supervisor } from './supervise.ts'
import { answersOk, waitReady } from './wait-ready.ts'

export type LaunchOptions = {
  settings: Settings
  progress: Progress
  signal: AbortSignal
  /** Hears one sentence whenever a process dies and is started again. */
  tell: (sentence: string) => void
  fresh?: boolean
  /** Which processes; all of them unless a test needs fewer. */
  processes?: readonly ShopProcess[]
  /** What databases and roles are called after; one of its own for each shop on a shared server. */
  databasePrefix?: string
  /** For measurements: our own PostgreSQL counts its statements. */
  countsStatements?: boolean
  /** The last word on how a process is run, such as to put something between it and its database. */
  adjust?: (spec: ProcessSpec) => ProcessSpec
  /** How long a process that died is left alone before it is started again. */
  pausesMs?: readonly number[]
}

export type Shop = { settings: Settings; backing: Backing; supervisor: Supervisor; stop(): Promise<void> }

type Launching = Required<Omit<LaunchOptions, 'pausesMs'>> & { supervisor: Supervisor }

/** Opens the whole shop and answers when everything is ready. Whatever goes wrong, nothing is left running. */
export async function launch(options: LaunchOptions): Promise<Shop> {
  const { settings } = options
  const release = claimData(settings.dataFolder)
  const runFolder = openRunFolder(settings.dataFolder)
  const logFolder = join(settings.dataFolder, 'logs')
  let isOpen = false
  // Until it is open only the reason counts why it is not; it comes with the error.
  const tell = (sentence: string) => isOpen && options.tell(sentence)
  const supervisor = createSupervisor({
    runFolder,
    logFolder,
    tell,
    ...(options.pausesMs ? { pausesMs: options.pausesMs } : {}),
  })
  let dismissGuard = () => {}
  const stop = async () => {
    await stopAll(supervisor)
    dismissGuard()
    release()
  }
  try {
    if ((await stopLeftovers(runFolder)) > 0)
      options.progress.note('Stopped what an earlier start had left running.')
    const around = {
      fresh: false,
      processes: allProcesses,
      databasePrefix: defaultPrefix,
      countsStatements: false,
      adjust: (spec: ProcessSpec) => spec,
      ...options,
      supervisor,
    }
    await assertPortsFree(settings.ports, portsNeeded(around))
    dismissGuard = startGuard(runFolder)
    const backing = await open(around)
    isOpen = true
    return { settings, backing, supervisor, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(around: Launching): Promise<Backing> {
  const { settings, processes, supervisor, progress } = around
  if (around.fresh) dropData(settings)
  const [backing, appServers] = await allOrNone(around.signal, (signal) => {
    const both = { ...around, signal }
    return [
      startBacking(both),
      progress
        .step('Generating database clients', 'The database clients are current', () => generateClients())
        .then(() => buildApps(both)),
    ]
  })
  await seed(around, backing)
  const started = processes.map((process) => ({
    process,
    supervised: supervisor.start(around.adjust(specOf(process, settings, backing, appServers))),
  }))
  await progress.step('Starting the processes', 'Everything is ready', () =>
    waitReady(
      started.map(({ process, supervised }) => ({
        name: process.name,
        isReady: () => answersOk(readyUrl(process, settings)),
        hopeless: () => whyNot(givenUp(supervised, 5)(), process, settings),
      })),
      {
        deadlineMs: 180_000,
        signal: around.signal,
        tell: (missing) => progress.detail(`waiting for ${missing.join(', ')}`),
      },
    ),
  )
  return backing
}

/** A port can be taken by somebody else while the apps are being built. */
function whyNot(reason: string | undefined, { name }: ShopProcess, { ports }: Settings): string | undefined {
  return reason?.includes('EADDRINUSE') ? takenSentence(ports, [name]) : reason
}

function portsNeeded({ settings, processes }: Launching): PortName[] {
  const needed: PortName[] = processes.map((process) => process.name)
  if (settings.databases.kind === 'embedded') needed.push('postgres')
  if (!settings.env.REDIS_URL) needed.push('redis')
  return needed
}

/** Databases on a given server are dropped there; what else a shop remembers lies in these folders. */
function dropData({ dataFolder }: Settings): void {
  for (const name of ['postgres', 'redis', 'sandbox.jsonl']) {
    rmSync(join(dataFolder, name), { recursive: true, force: true })
  }
}

async function buildApps({ settings, processes, progress, signal }: Launching) {
  const servers: Partial<Record<string, string>> = {}
  if (settings.mode === 'development') return servers
  for (const app of processes.filter((process) => process.kind === 'app')) {
    const { title } = portSettings[app.name]
    const release = await progress.step(`Building ${title}`, `${capitalised(title)} is built`, () =>
      buildIfStale(settings.root, app, signal),
    )
    servers[app.name] = release.server
  }
  return servers
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

async function seed({ settings, processes, progress, signal }: Launching, backing: Backing): Promise<void> {
  const seeded = processes.filter((process) => process.seeded)
  if (seeded.length === 0) return
  await progress.step('Filling the demo shop', 'The demo shop is filled', async () => {
    for (const process_ of seeded) {
      const spec = specOf(process_, settings, backing, {})
      const { code, output } = await run(process.execPath, ['src/seed.ts'], {
        cwd: spec.cwd,
        env: spec.env,
        signal,
      })
      if (code !== 0)
        throw new Problem(`The ${process_.name} service could not fill its database:\n${output.trim()}`)
    }
  })
}

const processGraceMs = 6500
const stopWithinMs = 9500

/** Ends the processes first and then the servers they write to; together within ten seconds. */
async function stopAll(supervisor: Supervisor): Promise<void> {
  const isServer = (name: string) => name === 'postgres' || name === 'redis'
  const stopAt = Date.now() + stopWithinMs
  const all = supervisor.all()
  await Promise.all(all.filter(({ name }) => !isServer(name)).map((one) => one.stop(processGraceMs)))
  await Promise.all(all.filter(({ name }) => isServer(name)).map((one) => one.stop(stopAt - Date.now())))
}
