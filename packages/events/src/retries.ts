import type { Delivery } from './delivery.ts'

/** `attempts` are failures that the event is to blame for, `tries` all of them since `sinceMs`. */
export type Retry = {
  delivery: Delivery
  attempts: number
  tries: number
  sinceMs?: number
  dueAtMs: number
}

export type Retries = {
  /** How many deliveries are held in all. */
  count(): number
  /** Holds a delivery behind an earlier one of its aggregate that still waits; false when there is none. */
  holdBehind(delivery: Delivery): boolean
  add(retry: Retry): void
  /** The first of each aggregate whose time has come. */
  due(nowMs: number): Retry[]
  /** Takes the first of an aggregate away and answers the one behind it. */
  finish(retry: Retry): Retry | undefined
}

/** Deliveries that could not be handled yet, each with the later ones of its aggregate behind it. */
export function createRetries(): Retries {
  const queues = new Map<string, Retry[]>()
  const queueOf = (delivery: Delivery) => queues.get(keyOf(delivery))
  return {
    count: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    holdBehind: (delivery) => {
      const queue = queueOf(delivery)
      if (!queue) return false
      const isHeld = queue.some((retry) => retry.delivery.entryId === delivery.entryId)
      if (!isHeld) queue.push({ delivery, attempts: 0, tries: 0, dueAtMs: 0 })
      return true
    },
    add: (retry) => {
      queues.set(keyOf(retry.delivery), [retry])
    },
    due: (nowMs) =>
      [...queues.values()].flatMap(([first]) => (first && first.dueAtMs <= nowMs ? [first] : [])),
    finish: (retry) => {
      const queue = queueOf(retry.delivery)
      queue?.shift()
      if (queue?.length === 0) queues.delete(keyOf(retry.delivery))
      return queue?.[0]
    },
  }
}

function keyOf({ stream, event, entryId }: Delivery): string {
  return `${stream} ${event?.aggregateId ?? entryId}`
}
