import type { Log } from '@souk/service/log'
import { Agent } from 'undici'
import type { Ledger, WebhookEvent } from '../ledger/open-ledger.ts'
import { signatureHeader, signWebhook } from './sign.ts'

const maxInFlight = 16
const answerWithinMs = 10_000
const giveUpAfterMs = 3 * 24 * 3_600_000
/** A provider's webhook leaves a moment after its answer. */
const usualDelayMs = 40
const markEveryMs = 100

export type Delivery = { delayMs?: number; copies?: number; isHeld?: boolean; isLost?: boolean }
type Item = { event: WebhookEvent; attempts: number; onSent?: () => void }

/** Sends each event until it is answered with 2xx: several at once, oldest first, no order promised. */
export function startDispatcher(options: {
  ledger: Ledger
  url: string | undefined
  secret: string
  log: Log
}) {
  const { ledger, log } = options
  const target = options.url === undefined ? undefined : new URL(options.url)
  const agent = new Agent({
    connections: maxInFlight,
    pipelining: 1,
    connect: { timeout: 2000 },
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
  })
  const ready: Item[] = []
  const timers = new Set<NodeJS.Timeout>()
  const held = new Map<string, { item: Item; timer: NodeJS.Timeout }>()
  let delivered: string[] = []
  let inFlight = 0
  let isStopping = false

  function enqueue(item: Item, delayMs: number): void {
    if (isStopping || !target) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      ready.push(item)
      pump()
    }, delayMs)
    timers.add(timer)
  }

  function pump(): void {
    while (inFlight < maxInFlight && !isStopping) {
      const item = ready.shift()
      if (!item) return
      inFlight += 1
      void send(item).finally(() => {
        inFlight -= 1
        pump()
      })
    }
  }

  async function send(item: Item): Promise<void> {
    item.attempts += 1
    const isAccepted = await post(item.event).catch(() => false)
    if (isStopping && !isAccepted) return
    if (isAccepted) {
      delivered.push(item.event.id)
      item.onSent?.()
      releaseHeldBefore(item.event)
      return
    }
    if (Date.now() - Date.parse(item.event.createdAt) > giveUpAfterMs) {
      log.warn({ eventId: item.event.id }, 'a webhook was never accepted')
      delivered.push(item.event.id)
      return
    }
    enqueue(item, Math.min(60_000, 500 * 2 ** Math.min(item.attempts - 1, 10)) * (0.75 + Math.random() * 0.5))
  }

  async function post(event: WebhookEvent): Promise<boolean> {
    if (!target) return false
    const body = JSON.stringify(event)
    const response = await agent.request({
      origin: target.origin,
      path: `${target.pathname}${target.search}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [signatureHeader]: signWebhook(body, options.secret, new Date()),
        'souk-event-id': event.id,
      },
      body,
    })
    await response.body.dump()
    return response.statusCode >= 200 && response.statusCode < 300
  }

  /** A reordered event waits until a later one has arrived. */
  function releaseHeldBefore(later: WebhookEvent): void {
    for (const [id, { item, timer }] of held) {
      if (id >= later.id) continue
      held.delete(id)
      clearTimeout(timer)
      enqueue(item, 0)
    }
  }

  const marking = setInterval(() => {
    const ids = delivered
    delivered = []
    ledger.markDelivered(ids)
  }, markEveryMs)

  return {
    /** Resolves when the receiver has accepted it, or after five seconds. */
    publish(event: WebhookEvent, how: Delivery = {}): Promise<void> {
      if (!target) return Promise.resolve()
      return new Promise((resolve) => {
        const patience = setTimeout(resolve, 5000)
        patience.unref()
        const item: Item = { event, attempts: 0, onSent: resolve }
        if (how.isHeld) {
          const timer = setTimeout(() => held.delete(event.id) && enqueue(item, 0), how.delayMs ?? 2000)
          held.set(event.id, { item, timer })
          return
        }
        for (let copy = 0; copy < (how.copies ?? 1); copy += 1) {
          enqueue(copy === 0 ? item : { event, attempts: 0 }, (how.delayMs ?? usualDelayMs) + copy * 20)
        }
      })
    },
    /** Sends again what an earlier run of this process had not delivered. */
    resume(): void {
      for (const event of ledger.undelivered()) enqueue({ event, attempts: 0 }, usualDelayMs)
    },
    stop: async () => {
      isStopping = true
      clearInterval(marking)
      for (const timer of timers) clearTimeout(timer)
      for (const { timer } of held.values()) clearTimeout(timer)
      await agent.close()
      ledger.markDelivered(delivered)
    },
  }
}

export type Dispatcher = ReturnType<typeof startDispatcher>
