import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AppError } from '@souk/kernel/errors'
import { type DatabaseName, databaseFolder, databasesWithSchema, schemaPath } from './databases.ts'
import { inheritedEnv } from './env.ts'

const packageRoot = fileURLToPath(new URL('..', import.meta.url))
const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json')
const atOnce = 2

/** Writes the client of every database whose schema changed since it was last written; answers their names. */
export async function generateClients(
  names: readonly DatabaseName[] = databasesWithSchema(),
): Promise<DatabaseName[]> {
  const waiting = [...names]
  const written: DatabaseName[] = []
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      if (await generateIfStale(name)) written.push(name)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return written
}

async function generateIfStale(name: DatabaseName): Promise<boolean> {
  const wanted = await fingerprint(name)
  if (await isFresh(name, wanted)) return false
  return withLock(name, async () => {
    // Another process may have written it while this one waited for the lock.
    if (await isFresh(name, wanted)) return false
    await rm(stampPath(name), { force: true })
    await runPrismaGenerate(name)
    await writeFile(stampPath(name), wanted)
    return true
  })
}

const stampPath = (name: DatabaseName): string => join(databaseFolder(name), 'generated', '.stamp')

async function isFresh(name: DatabaseName, wanted: string): Promise<boolean> {
  return (await readFile(stampPath(name), 'utf8').catch(() => '')) === wanted
}

async function fingerprint(name: DatabaseName): Promise<string> {
  const hash = createHash('sha256')
  for (const path of [schemaPath(name), prismaPackage, join(packageRoot, 'prisma.config.ts')]) {
    hash.update(await readFile(path))
  }
  return hash.digest('hex')
}

function runPrismaGenerate(name: DatabaseName): Promise<void> {
  const cli = join(dirname(prismaPackage), 'build/index.js')
  const child = spawn(process.execPath, [cli, 'generate', '--no-hints', '--config', 'prisma.config.ts'], {
    cwd: packageRoot,
    env: {
      ...inheritedEnv,
      SOUK_DB: name,
      // Generating needs no engine, yet the CLI downloads one unless this names a file that exists.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(new AppError('INVALID_STATE', `The ${name} client could not be generated:\n${output.trim()}`))
    })
  })
}

/** Several commands may start at once in one checkout; only one of them writes a client. */
async function withLock<T>(name: DatabaseName, work: () => Promise<T>): Promise<T> {
  const lock = join(dirname(prismaPackage), '..', '.cache', 'souk', `generate-${name}`)
  await mkdir(dirname(lock), { recursive: true })
  while (!(await takeLock(lock))) await delay(100)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isAlive(Number(await readFile(lock, 'utf8').catch(() => '')))) await rm(lock, { force: true })
    return false
  }
}

/** An empty lock is one that is being written this moment. */
function isAlive(pid: number): boolean {
  if (pid === 0) return true
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
