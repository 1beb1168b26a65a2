import { createClient } from 'redis'
import type { Log } from './log.ts'

export type Redis = ReturnType<typeof openRedis>

/**
 * A client that reconnects for ever with jitter and refuses commands while it is down, so that callers
 * never queue behind a dead Redis. Blocking readers and subscribers use one of their own.
 */
export function openRedis(url: string, log: Log) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2000,
      reconnectStrategy: (retries) => Math.min(2000, 50 * 2 ** Math.min(retries, 6)) + Math.random() * 250,
    },
  })
  let isDown = false
  client.on('error', (error: unknown) => {
    if (!isDown) log.warn({ err: error }, 'redis is not reachable')
    isDown = true
  })
  client.on('ready', () => {
    if (isDown) log.info('redis is reachable again')
    isDown = false
  })
  return client
}

/** Starts connecting; the process serves without Redis and catches up when it comes. */
export function connectInBackground(client: Redis): void {
  void client.connect().catch(() => {})
}

/** A command that Redis has accepted never times out by itself, so every one gets a deadline here. */
export async function withDeadline<Result>(command: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([command, expired])
  } finally {
    clearTimeout(timer)
  }
}
