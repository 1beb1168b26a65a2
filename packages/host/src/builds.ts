import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inheritedEnv } from './env.ts'
import { withFileLock } from './lock.ts'
import { Problem } from './problem.ts'
import type { ShopProcess } from './processes.ts'
import { run } from './run.ts'
import { sourceHash } from './source-hash.ts'

/** A finished build: a folder of its own per state of the source, so that a shop that runs keeps the one it started with. */
export type Release = { app: string; folder: string; server: string; isNew: boolean }

const kept = 3

/** Builds the app unless its source has been built before. */
export async function buildIfStale(root: string, app: ShopProcess, signal?: AbortSignal): Promise<Release> {
  const hash = sourceHash(root, app.folder)
  const folder = join(root, app.folder, '.releases', hash)
  const release = { app: app.name, folder, server: join(folder, app.folder, 'server.js') }
  if (isBuilt(release)) return { ...release, isNew: false }
  // Next writes to one folder per app, so only one command at a time may build it.
  return withFileLock(
    join(root, app.folder, '.releases', '.lock'),
    async () => {
      if (isBuilt(release)) return { ...release, isNew: false }
      await build(root, app, signal)
      publish(root, app, folder)
      prune(join(root, app.folder, '.releases'))
      return { ...release, isNew: true }
    },
    signal,
  )
}

function isBuilt(release: { folder: string; server: string }): boolean {
  if (!existsSync(release.server)) return false
  // Its age decides which builds are cleared away.
  const now = new Date()
  utimesSync(release.folder, now, now)
  return true
}

async function build(root: string, app: ShopProcess, signal?: AbortSignal): Promise<void> {
  const cwd = join(root, app.folder)
  const { code, output } = await runNextBuild(root, cwd, signal)
  if (code !== 0 && output.includes(otherBuild)) {
    // Somebody builds by hand, which our lock does not know of.
    await delay(2000, undefined, { signal })
    return build(root, app, signal)
  }
  if (code !== 0) throw new Problem(`${app.name} could not be built:\n${output.trim()}`)
  if (!existsSync(join(cwd, '.next/standalone'))) {
    throw new Problem(`${app.folder}/next.config.ts must say output: 'standalone'.`)
  }
}

const otherBuild = 'Another next build process is already running'

function runNextBuild(root: string, cwd: string, signal?: AbortSignal) {
  const next = join(root, 'node_modules/next/dist/bin/next')
  return run(process.execPath, [next, 'build'], {
    cwd,
    env: { ...inheritedEnv(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
    signal,
  })
}

/** Takes the server Next left, adds the files it expects beside it, and gives it its final name last. */
function publish(root: string, app: ShopProcess, folder: string): void {
  const cwd = join(root, app.folder)
  const unfinished = `${folder}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(join(cwd, '.releases'), { recursive: true })
  renameSync(join(cwd, '.next/standalone'), unfinished)
  const home = join(unfinished, app.folder)
  cpSync(join(cwd, '.next/static'), join(home, '.next/static'), { recursive: true })
  if (existsSync(join(cwd, 'public'))) cpSync(join(cwd, 'public'), join(home, 'public'), { recursive: true })
  renameSync(unfinished, folder)
}

function prune(releases: string): void {
  const byAge = readdirSync(releases)
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ path: join(releases, name), usedAt: statSync(join(releases, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt)
  for (const old of byAge.slice(kept)) rmSync(old.path, { recursive: true, force: true })
}
