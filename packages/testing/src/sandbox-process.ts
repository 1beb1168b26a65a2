import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const main = fileURLToPath(new URL('../../../services/payment-sandbox/src/main.ts', import.meta.url))

export type SandboxAnswer<Body> = { status: number; headers: Headers; body: Body }
export type TestSandbox = {
  url: string
  apiKey: string
  webhookSecret: string
  /** Calls the provider's API as its merchant. */
  call<Body = unknown>(
    method: string,
    path: string,
    options?: { body?: unknown; key?: string; signal?: AbortSignal },
  ): Promise<SandboxAnswer<Body>>
  /** Its log, line by line. */
  log(): Promise<string>
  kill(signal: NodeJS.Signals): void
  /** Starts it again on the same port and log after `kill`. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts the payment sandbox as its own process, as it really runs, on a free port and a log of its own. */
export async function startSandboxProcess(
  options: { webhookUrl?: string; env?: Record<string, string> } = {},
): Promise<TestSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-sandbox-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const apiKey = 'sandbox-key-for-tests'
  const webhookSecret = 'webhook-secret-for-tests'
  const logFile = join(folder, 'sandbox.jsonl')
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    SANDBOX_API_KEY: apiKey,
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    SANDBOX_PUBLIC_URL: url,
    SANDBOX_LOG: logFile,
    SANDBOX_APPROVE_AFTER_MS: '150',
    ...(options.webhookUrl === undefined ? {} : { SANDBOX_WEBHOOK_URL: options.webhookUrl }),
    ...options.env,
  }
  let child: ChildProcess
  let output = ''

  async function start(): Promise<void> {
    output = ''
    // With the channel it ends by itself when the tests' process is gone.
    child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const isReady = async () => {
      if (child.exitCode !== null) throw new Error(`The sandbox ended:\n${output}`)
      return (await fetch(`${url}/readyz`)).ok
    }
    await until('the sandbox is ready', isReady, 40_000).catch((error) => {
      throw new Error(`The sandbox did not start:\n${output}`, { cause: error })
    })
  }

  const ended = async () =>
    await until('the sandbox ends', () => child.exitCode !== null || child.signalCode !== null)

  await start()
  return {
    url,
    apiKey,
    webhookSecret,
    call: async (method, path, { body, key, signal } = {}) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
    },
    log: async () => await readFile(logFile, 'utf8'),
    kill: (signal) => child.kill(signal),
    restart: async () => {
      await ended()
      await start()
    },
    stop: async () => {
      child.kill('SIGKILL')
      await ended()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
