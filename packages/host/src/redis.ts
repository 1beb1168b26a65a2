import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from 'redis'
import { inheritedEnv } from './env.ts'
import { Problem } from './problem.ts'
import { run } from './run.ts'
import type { ProcessSpec } from './supervise.ts'

export type RedisOptions = {
  folder: string
  port: number
  password: string
  databases?: number
  onInstall?: () => void
}

export function privateRedisUrl({ port, password }: Pick<RedisOptions, 'port' | 'password'>): string {
  return `redis://default:${password}@127.0.0.1:${port}`
}

/** Finds or installs a Redis server and answers how to start it privately in the data folder. */
export async function prepareRedis(options: RedisOptions): Promise<ProcessSpec> {
  const command = (await findServer()) ?? (await installServer(options.onInstall)) ?? noServer()
  mkdirSync(options.folder, { recursive: true })
  const config = join(options.folder, 'redis.conf')
  // In a file that only we can read: a password among the arguments shows in every list of processes.
  writeFileSync(config, configText(options), { mode: 0o600 })
  return { name: 'redis', command, args: [config], cwd: options.folder, env: inheritedEnv() }
}

function configText({ folder, port, password, databases = 1 }: RedisOptions): string {
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    // Streams must never be evicted; when memory ends a write fails and the outbox waits.
    'maxmemory-policy noeviction',
    `databases ${databases}`,
    'daemonize no',
  ]
  return `${lines.join('\n')}\n`
}

async function findServer(): Promise<string | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    const { code } = await run(name, ['--version'])
    if (code === 0) return name
  }
  return undefined
}

async function installServer(onInstall: (() => void) | undefined): Promise<string | undefined> {
  const installer = await findInstaller()
  if (!installer) return undefined
  onInstall?.()
  for (const [command, ...args] of installer) {
    if (command) await run(command, args, { env: { ...inheritedEnv(), DEBIAN_FRONTEND: 'noninteractive' } })
  }
  return findServer()
}

/** The commands that install a server here without asking anything, or none. */
async function findInstaller(): Promise<string[][] | undefined> {
  if (process.platform === 'darwin' && (await exists('brew'))) return [['brew', 'install', 'redis']]
  if (process.platform !== 'linux') return undefined
  const root = await rootPrefix()
  if (!root) return undefined
  if (await exists('apt-get')) {
    // The package would start its own server on the usual port; ours is the only one wanted.
    const quietly = [...root, 'env', 'RUNLEVEL=1', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
    return [
      [...quietly, 'update', '-q'],
      [...quietly, 'install', '-y', '-q', '--no-install-recommends', 'redis-server'],
    ]
  }
  if (await exists('dnf')) return [[...root, 'dnf', 'install', '-y', '-q', 'redis']]
  if (await exists('apk')) return [[...root, 'apk', 'add', 'redis']]
  return undefined
}

async function rootPrefix(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return []
  const { code } = await run('sudo', ['-n', 'true'])
  return code === 0 ? ['sudo', '-n'] : undefined
}

const exists = async (command: string): Promise<boolean> => (await run(command, ['--version'])).code === 0

function noServer(): never {
  throw new Problem(
    'Souk needs a Redis server and found neither redis-server nor valkey-server. Install one ' +
      '(Debian and Ubuntu: sudo apt-get install redis-server, macOS: brew install redis), or set REDIS_URL to a running one.',
  )
}

/** Throws a sentence when the given Redis cannot be used; `url` comes from REDIS_URL. */
export async function assertRedisAnswers(url: string): Promise<void> {
  const client = createClient({
    url,
    socket: { connectTimeout: 5000, reconnectStrategy: false },
    disableOfflineQueue: true,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw new Problem(
      `REDIS_URL does not work: ${new URL(url).host} answered "${error instanceof Error ? error.message : error}". ` +
        'Correct it in .env or the environment, or leave it out to have a private Redis started.',
    )
  } finally {
    client.destroy()
  }
}
