import type { Database } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { faultPoint } from '@souk/service/fault-point'
import type { Log } from '@souk/service/log'
import { counter } from '@souk/service/metrics'
import { backgroundScope, runInRequest } from '@souk/service/request'
import { writeDeadLetter } from './dead-letter.ts'
import type { Delivery } from './delivery.ts'
import { claimInInbox, dispatch, inRuns, type Subscriptions } from './inbox.ts'
import { createRetries, type Retry } from './retries.ts'
import { type Timing, within } from './timing.ts'

const maxAttempts = 8
const longestPauseMs = 15_000
const handlerMs = 15_000
/** So long a lock that is not given, or a server in trouble, says nothing about the event. */
const patienceMs = 10 * 60_000

const handled = counter('souk_events_handled_total', 'Events handled.', ['name', 'outcome'])

export type Handler = {
  /** Handles deliveries in order. What fails is held back and tried again by `retryDue`. */
  handle(deliveries: readonly Delivery[]): Promise<void>
  retryDue(): Promise<void>
  /** Ends a delivery without handling it: it becomes a dead letter. */
  park(delivery: Delivery, reason: string, attempts: number): Promise<void>
  heldCount(): number
}

/**
 * Turns deliveries into changes. Events of one aggregate are handled in order: while one is being retried,
 * later ones of the same aggregate wait behind it and all others pass. After eight failures an event
 * becomes a dead letter. While the database is away, or holds a lock too long, everything waits and nothing
 * counts as a failure.
 */
export function createHandler(options: {
  db: Database<unknown>
  service: string
  subscriptions: Subscriptions
  acknowledge: (deliveries: readonly Delivery[]) => Promise<void>
  onCommitted: () => void
  timing: Timing
  log: Log
  signal: AbortSignal
}): Handler {
  const { db, service, subscriptions, acknowledge, log } = options
  const retries = createRetries()
  let isDatabaseAway = false

  /** What nobody here listens to is no concern of ours, readable or not. An unreadable envelope concerns everyone. */
  const isWanted = ({ name }: Delivery) => name === undefined || Object.hasOwn(subscriptions, name)

  async function handle(deliveries: readonly Delivery[]): Promise<void> {
    const open = deliveries.filter((delivery) => !isWanted(delivery) || !retries.holdBehind(delivery))
    const wanted = open.filter(isWanted)
    await acknowledge(open.filter((delivery) => !isWanted(delivery)))
    if (wanted.length === 0) return
    const failure = await apply(wanted.filter(isReadable)).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    if (!failure) {
      faultPoint('consumer.before_ack')
      await acknowledge(wanted.filter(isReadable))
    } else {
      await checkDatabase(failure.error)
      for (const delivery of wanted.filter(isReadable)) await attemptFirst(delivery)
    }
    for (const delivery of wanted) if (!isReadable(delivery)) await attemptFirst(delivery)
    options.onCommitted()
  }

  async function attemptFirst(delivery: Delivery): Promise<void> {
    if (retries.holdBehind(delivery)) return
    const retry = { delivery, attempts: 0, tries: 0, dueAtMs: 0 }
    if (isDatabaseAway || options.signal.aborted || !(await attempt(retry))) retries.add(retry)
  }

  /** True when the delivery needs nothing more: handled, or parked as a dead letter. */
  async function attempt(retry: Retry): Promise<boolean> {
    const { delivery } = retry
    try {
      if (delivery.problem === undefined) await apply([delivery])
      else await writeLetter(delivery, delivery.problem, 1)
    } catch (error) {
      return await failed(retry, error)
    }
    await acknowledge([delivery])
    return true
  }

  async function failed(retry: Retry, error: unknown): Promise<boolean> {
    const { delivery } = retry
    await checkDatabase(error)
    retry.tries += 1
    retry.sinceMs ??= Date.now()
    const isWorthWaiting = isOfTheDatabase(error) && Date.now() - retry.sinceMs < patienceMs
    if (!isDatabaseAway && !isWorthWaiting) retry.attempts += 1
    const { attempts } = retry
    handled.inc({ name: delivery.name ?? 'unknown', outcome: 'failed' })
    log.warn(
      { err: error, event: delivery.name, eventId: delivery.eventId, attempts },
      'event handler failed',
    )
    if (attempts >= maxAttempts && delivery.problem === undefined) {
      await park(delivery, error instanceof Error ? error.message : String(error), attempts)
      return true
    }
    const pauseMs = Math.min(longestPauseMs, options.timing.retryMs * 2 ** retry.tries)
    retry.dueAtMs = Date.now() + pauseMs * (0.5 + Math.random())
    return false
  }

  /** A database that does not answer says nothing about the event; one that does may have had enough of it. */
  async function checkDatabase(error: unknown): Promise<void> {
    isDatabaseAway = isOfTheDatabase(error) && !(await isReachable())
  }

  async function isReachable(): Promise<boolean> {
    return await db.ping().then(
      () => true,
      () => false,
    )
  }

  async function retryDue(): Promise<void> {
    if (isDatabaseAway) isDatabaseAway = !(await isReachable())
    for (const first of retries.due(Date.now())) {
      for (let retry: Retry | undefined = first; retry; retry = retries.finish(retry)) {
        if (isDatabaseAway || options.signal.aborted) return
        if (!(await attempt(retry))) break
        options.onCommitted()
      }
    }
  }

  /** One transaction for the whole batch: inbox rows first, then each event that is new. */
  async function apply(deliveries: readonly Delivery[]): Promise<void> {
    const events = deliveries.flatMap((delivery) => (delivery.event ? [delivery.event] : []))
    if (events.length === 0) return
    await db.transaction(async (tx) => {
      const fresh = await claimInInbox(tx, service, events)
      const open = events.filter((event) => fresh.delete(event.id))
      for (const run of inRuns(subscriptions, open)) {
        const [first] = run
        await runInRequest(backgroundScope(service, first.traceId ?? first.id), async () => {
          await within(handlerMs, `The handler of ${first.name}`, dispatch(subscriptions, run, tx))
        })
      }
    })
    for (const event of events) handled.inc({ name: event.name, outcome: 'ok' })
  }

  async function writeLetter(delivery: Delivery, reason: string, attempts: number): Promise<void> {
    await writeDeadLetter(db, { consumer: service, delivery, reason, attempts })
    handled.inc({ name: delivery.name ?? 'unknown', outcome: 'dead' })
    log.error({ event: delivery.name, entryId: delivery.entryId, reason }, 'event became a dead letter')
  }

  async function park(delivery: Delivery, reason: string, attempts: number): Promise<void> {
    await writeLetter(delivery, reason, attempts)
    await acknowledge([delivery])
  }

  return { handle, retryDue, park, heldCount: () => retries.count() }
}

function isOfTheDatabase(error: unknown): boolean {
  const { kind } = classifyDbError(error)
  return kind === 'unavailable' || kind === 'retry'
}

function isReadable(delivery: Delivery): boolean {
  return delivery.problem === undefined
}
