import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DatabaseName, databaseNames } from '@souk/db/databases'
import { type HostEnv, parseHostEnv, readHostEnv } from './env.ts'
import { type PortName, type Ports, portSettings, portsAt } from './ports.ts'
import { Problem } from './problem.ts'
import { readSecrets, type Secrets } from './secrets.ts'

/** Where the six databases are: our own server, a server given to us, or six ready databases. */
export type DatabaseSource =
  | { kind: 'embedded' }
  | { kind: 'server'; url: string }
  | { kind: 'given'; urls: Record<DatabaseName, string> }

export type Mode = 'production' | 'development'

/** Everything the list of processes is built from. */
export type Settings = {
  root: string
  dataFolder: string
  mode: Mode
  host: string
  ports: Ports
  databases: DatabaseSource
  secrets: Secrets
  env: HostEnv
  webUrl: string
  adminUrl: string
  gatewayUrl: string
  sandboxUrl: string
}

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '')

export type SettingsOptions = {
  root?: string
  mode?: Mode
  /** Takes the place of the person's environment and .env: a shop that a test opens must never meet their data. */
  environment?: Readonly<Record<string, string | undefined>>
}

export async function readSettings(options: SettingsOptions = {}): Promise<Settings> {
  const root = options.root ?? projectRoot
  const env = options.environment ? parseHostEnv(options.environment) : readHostEnv(root)
  const dataFolder = resolve(root, env.SOUK_DATA)
  await makeDataFolder(dataFolder)
  const ports = portsOf(env)
  return {
    root,
    dataFolder,
    mode: options.mode ?? 'production',
    host: env.HOST,
    ports,
    databases: databaseSource(env),
    secrets: await readSecrets(dataFolder, env),
    env,
    webUrl: env.WEB_URL ?? `http://localhost:${ports.web}`,
    adminUrl: env.ADMIN_URL ?? `http://localhost:${ports.admin}`,
    gatewayUrl: env.GATEWAY_PUBLIC_URL ?? `http://localhost:${ports.gateway}`,
    sandboxUrl: env.SANDBOX_PUBLIC_URL ?? `http://localhost:${ports.sandbox}`,
  }
}

/** The address by which processes on this machine reach each other. */
export function localUrl(settings: Settings, name: PortName): string {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host
  return `http://${host}:${settings.ports[name]}`
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, 'logs'), { recursive: true })
    // For root, PostgreSQL runs as another user, who has to pass through; what is secret has its own mode.
    if (process.getuid?.() === 0) await chmod(folder, 0o755)
  } catch (error) {
    throw new Problem(
      `The data folder ${folder} cannot be written (${error instanceof Error ? error.message : error}). Set SOUK_DATA to a folder that can.`,
    )
  }
}

/** Of the ports that the Fetch standard closes, those a shop could be given. */
const refusedByBrowsers = new Set([
  2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
])

function portsOf(env: HostEnv): Ports {
  const ports = portsAt(env.SOUK_PORT_OFFSET)
  for (const name of Object.keys(ports) as PortName[]) {
    const given = env[portSettings[name].variable]
    if (given !== undefined) ports[name] = given
    if (refusedByBrowsers.has(ports[name]))
      throw new Problem(
        `Browsers refuse port ${ports[name]} (${portSettings[name].title}). Set ${portSettings[name].variable} or SOUK_PORT_OFFSET to something else.`,
      )
  }
  return ports
}

function databaseSource(env: HostEnv): DatabaseSource {
  const given = {
    product: env.PRODUCT_DATABASE_URL,
    order: env.ORDER_DATABASE_URL,
    payment: env.PAYMENT_DATABASE_URL,
    inventory: env.INVENTORY_DATABASE_URL,
    identity: env.IDENTITY_DATABASE_URL,
    notification: env.NOTIFICATION_DATABASE_URL,
  }
  const { product, order, payment, inventory, identity, notification } = given
  if (product && order && payment && inventory && identity && notification) {
    return { kind: 'given', urls: { product, order, payment, inventory, identity, notification } }
  }
  const missing = databaseNames.filter((name) => !given[name])
  if (missing.length < databaseNames.length) {
    const names = missing.map((name) => `${name.toUpperCase()}_DATABASE_URL`).join(', ')
    throw new Problem(
      `Some services have a database of their own but ${names} is missing. Give all six, or DATABASE_URL alone.`,
    )
  }
  return env.DATABASE_URL ? { kind: 'server', url: env.DATABASE_URL } : { kind: 'embedded' }
}
