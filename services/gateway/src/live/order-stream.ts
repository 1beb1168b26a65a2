import type { ServerResponse } from 'node:http'
import { isAppError } from '@souk/kernel/errors'
import type { Order } from '@souk/order/contract'

const pingMs = 15_000
/** After this the browser connects anew, with a token that is still good. */
const maxMs = 15 * 60_000
/** A reader who does not read is let go before the answers for them pile up here. */
const maxWaitingBytes = 512 * 1024
const retryMs = 1000

export type OrderStreamOptions = {
  response: ServerResponse
  headers: Record<string, string>
  first: Order
  read: () => Promise<Order>
  follow: (listener: () => void) => () => void
  onFailure: (error: unknown) => void
  onEnd: () => void
}

/** Writes the order and each change of it until somebody ends it. Returns how to end it. */
export function streamOrder(options: OrderStreamOptions): () => void {
  const { response } = options
  const look = createLook({
    first: JSON.stringify(options.first),
    read: async () => JSON.stringify(await options.read()),
    send: (text) => {
      response.write(eventOf(text))
      if (response.writableLength > maxWaitingBytes) response.destroy()
    },
    onRefused: (error) => {
      options.onFailure(error)
      end()
    },
  })
  const unfollow = options.follow(look.now)
  const ping = setInterval(() => response.write(': ping\n\n'), pingMs)
  const limit = setTimeout(end, maxMs)
  let isOver = false

  function end(): void {
    if (isOver) return
    isOver = true
    clearInterval(ping)
    clearTimeout(limit)
    unfollow()
    look.stop()
    response.end()
    options.onEnd()
  }

  response.once('close', end)
  if (response.destroyed) {
    end()
    return end
  }
  response.writeHead(200, {
    ...options.headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'private, no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  response.write(`retry: 2000\n\n${eventOf(JSON.stringify(options.first))}`)
  // What happened between the first reading and the following of events.
  look.now()
  return end
}

function eventOf(text: string): string {
  return `event: order\ndata: ${text}\n\n`
}

/** Reads again when asked, one reading at a time, and sends what differs from the last. */
function createLook(options: {
  first: string
  read: () => Promise<string>
  send: (text: string) => void
  onRefused: (error: unknown) => void
}) {
  let last = options.first
  let isReading = false
  let isWanted = false
  let isStopped = false
  let retry: NodeJS.Timeout | undefined

  async function readAll(): Promise<void> {
    isReading = true
    while (isWanted && !isStopped) {
      isWanted = false
      const text = await options.read()
      if (!isStopped && text !== last) options.send(text)
      last = text
    }
  }

  function now(): void {
    isWanted = true
    if (isReading || isStopped) return
    readAll()
      .catch((error: unknown) => {
        if (isStopped) return
        if (isAppError(error, 'UNAVAILABLE')) retry = setTimeout(now, retryMs)
        else options.onRefused(error)
      })
      .finally(() => {
        isReading = false
      })
  }

  return {
    now,
    stop: () => {
      isStopped = true
      clearTimeout(retry)
    },
  }
}
