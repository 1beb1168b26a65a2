import type { Database } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { catalog, Envelope, isEventName, type ShopEvent } from './catalog.ts'
import type { DeadLetter } from './contract.ts'
import type { Delivery } from './delivery.ts'
import { claimInInbox, dispatch, type Subscriptions } from './inbox.ts'

type Row = {
  id: string
  consumer: string
  event_id: string
  stream: string
  name: string
  envelope: unknown
  reason: string
  attempts: number
  failed_at: Date
  replayed_at: Date | null
}

const columns = 'id, consumer, event_id, stream, name, envelope, reason, attempts, failed_at, replayed_at'

export async function writeDeadLetter(
  db: Database<unknown>,
  letter: { consumer: string; delivery: Delivery; reason: string; attempts: number },
): Promise<void> {
  const { delivery } = letter
  await db.sql.query(
    `insert into dead_letter (id, consumer, event_id, stream, name, envelope, reason, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (consumer, event_id) do update
       set reason = excluded.reason, attempts = excluded.attempts, failed_at = now(), replayed_at = null`,
    [
      newId(),
      letter.consumer,
      delivery.eventId ?? delivery.entryId,
      delivery.stream,
      storable(delivery.name ?? 'unreadable'),
      JSON.stringify(delivery.raw ?? {}, (_key, value: unknown) => storableValue(value)),
      storable(letter.reason.slice(0, 1000)),
      letter.attempts,
    ],
  )
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair, and a dead letter must always find its place. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner]))
}

/** Newest first, at most 100; those waiting for a person before those already replayed. */
export async function listDeadLetters(db: Database<unknown>): Promise<DeadLetter[]> {
  const rows = await db.sql.query<Row>(
    `select ${columns} from dead_letter order by (replayed_at is not null), failed_at desc limit 100`,
  )
  return rows.map(toDeadLetter)
}

/** Handles a dead letter again. When it fails again nothing changes and the reason is the answer. */
export async function replayDeadLetter(
  db: Database<unknown>,
  subscriptions: Subscriptions,
  id: string,
): Promise<DeadLetter> {
  return await db.transaction(async (tx) => {
    const [row] = await tx.query<Row>(`select ${columns} from dead_letter where id = $1 for update`, [id])
    if (!row) throw notFound('dead letter')
    if (row.replayed_at) return toDeadLetter(row)
    const event = readEvent(row.envelope)
    const fresh = await claimInInbox(tx, row.consumer, [event])
    if (fresh.has(event.id)) await dispatch(subscriptions, [event], tx)
    const [done] = await tx.query<Row>(
      `update dead_letter set replayed_at = now() where id = $1 returning ${columns}`,
      [id],
    )
    return toDeadLetter(done ?? row)
  })
}

function readEvent(raw: unknown): ShopEvent {
  const envelope = Envelope.safeParse(raw)
  const name = envelope.success ? envelope.data.name : ''
  const parsed =
    envelope.success && isEventName(name) ? catalog[name].schema.safeParse(envelope.data.data) : undefined
  if (!envelope.success || !parsed?.success) {
    throw new AppError('INVALID_STATE', 'This event cannot be read, so it cannot be replayed.')
  }
  return { ...envelope.data, name, data: parsed.data } as ShopEvent
}

function toDeadLetter(row: Row): DeadLetter {
  return {
    id: row.id,
    consumer: row.consumer,
    eventId: row.event_id,
    stream: row.stream,
    name: row.name,
    envelope: row.envelope,
    reason: row.reason,
    attempts: row.attempts,
    failedAt: row.failed_at.toISOString(),
    replayedAt: row.replayed_at?.toISOString() ?? null,
  }
}
