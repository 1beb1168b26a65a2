import { join } from 'node:path'
import { type Backing, environmentOf } from './environment.ts'
import type { ShopProcess } from './processes.ts'
import { localUrl, type Settings } from './settings.ts'
import type { ProcessSpec } from './supervise.ts'

/** How to run one process of the shop; an app in production runs the server of its build. */
export function specOf(
  process_: ShopProcess,
  settings: Settings,
  backing: Backing,
  appServers: Readonly<Partial<Record<string, string>>>,
): ProcessSpec {
  const cwd = join(settings.root, process_.folder)
  return {
    name: process_.name,
    command: process.execPath,
    args: argumentsOf(process_, settings, appServers),
    cwd,
    env: environmentOf(process_, settings, backing),
  }
}

/** Left alone, Node keeps up to 64 MB for young objects in each process; the whole shop should fit on a small machine. */
const thrifty = ['--max-semi-space-size=4', '--optimize-for-size']
const roomy = ['--max-semi-space-size=16']

function argumentsOf(
  { kind, name, isBusy = false }: ShopProcess,
  settings: Settings,
  appServers: Readonly<Partial<Record<string, string>>>,
): string[] {
  const entry = kind === 'app' ? appServers[name] : 'src/main.ts'
  if (entry && settings.mode === 'production') return [...(isBusy ? roomy : thrifty), entry]
  if (entry) return ['--watch', '--watch-preserve-output', entry]
  const next = join(settings.root, 'node_modules/next/dist/bin/next')
  return [next, 'dev', '--port', String(settings.ports[name]), '--hostname', settings.host]
}

/** The address that answers 2xx once the process can do its work. */
export function readyUrl(process_: ShopProcess, settings: Settings): string {
  return `${localUrl(settings, process_.name)}${process_.kind === 'app' ? '/api/health' : '/readyz'}`
}
