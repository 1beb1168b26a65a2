import type { Sql } from '@souk/db/connect'
import type { FollowUpKind, FollowUpReason, FollowUpState } from '../contract.ts'
import type { DraftLine } from '../draft/draft.ts'
import type { FollowUp, FollowUpStep } from './follow-up.ts'

type FollowUpRow = {
  id: string
  origin_id: string
  kind: FollowUpKind
  draft_id: string
  order_id: string
  state: FollowUpState
  reason: FollowUpReason | null
  moves_minor: number
  is_cod: boolean
  steps: FollowUpStep[]
  hold_until: Date
  promised_at: Date | null
  is_done: boolean
  request_hash: string
  created_by: string
  version: number
  created_at: Date
}

function toFollowUp(row: FollowUpRow): FollowUp {
  return {
    id: row.id,
    originId: row.origin_id,
    kind: row.kind,
    draftId: row.draft_id,
    orderId: row.order_id,
    state: row.state,
    reason: row.reason,
    movesMinor: row.moves_minor,
    isCod: row.is_cod,
    steps: row.steps,
    holdUntil: row.hold_until,
    promisedAt: row.promised_at,
    isDone: row.is_done,
    requestHash: row.request_hash,
    createdBy: row.created_by,
    version: row.version,
    createdAt: row.created_at,
  }
}

export async function findFollowUp(sql: Sql, id: string): Promise<FollowUp | undefined> {
  const [row] = await sql.query<FollowUpRow>('select * from follow_up where id = $1', [id], 'follow-up-find')
  return row && toFollowUp(row)
}

export async function findFollowUpOfDraft(sql: Sql, draftId: string): Promise<FollowUp | undefined> {
  const [row] = await sql.query<FollowUpRow>(
    'select * from follow_up where draft_id = $1',
    [draftId],
    'follow-up-of-draft',
  )
  return row && toFollowUp(row)
}

/** A follow-up with what its draft offers and the numbers of the orders on both sides. */
export type StoriedFollowUp = {
  followUp: FollowUp
  lines: DraftLine[]
  totalMinor: number
  expiresAt: Date
  originNumber: string
  orderNumber: string | null
}

/** Of an order, those that were promised, the oldest first; and the one that it is itself. */
export async function findFollowUpsAround(sql: Sql, orderId: string): Promise<StoriedFollowUp[]> {
  const rows = await sql.query<
    FollowUpRow & {
      lines: DraftLine[]
      total_minor: number
      expires_at: Date
      origin_number: string
      order_number: string | null
    }
  >(
    `select f.*, d.lines, d.total_minor, d.expires_at, origin.number as origin_number, o.number as order_number
     from follow_up f join draft_order d on d.id = f.draft_id join orders origin on origin.id = f.origin_id
     left join orders o on o.id = f.order_id
     where (f.origin_id = $1 or f.order_id = $1) and f.promised_at is not null order by f.created_at, f.id`,
    [orderId],
    'follow-ups-around',
  )
  return rows.map((row) => ({
    followUp: toFollowUp(row),
    lines: row.lines,
    totalMinor: row.total_minor,
    expiresAt: row.expires_at,
    originNumber: row.origin_number,
    orderNumber: row.order_number,
  }))
}

export type NewFollowUp = Omit<FollowUp, 'version' | 'createdAt'>

/** False when the id is taken. */
export async function insertFollowUp(tx: Sql, followUp: NewFollowUp): Promise<boolean> {
  const rows = await tx.query(
    `insert into follow_up (id, origin_id, kind, draft_id, order_id, state, steps, hold_until, request_hash,
       created_by, next_check_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + interval '5 seconds')
     on conflict (id) do nothing returning id`,
    [
      followUp.id,
      followUp.originId,
      followUp.kind,
      followUp.draftId,
      followUp.orderId,
      followUp.state,
      JSON.stringify(followUp.steps),
      followUp.holdUntil,
      followUp.requestHash,
      followUp.createdBy,
    ],
    'follow-up-insert',
  )
  return rows.length === 1
}

/** The draft's row is locked by whoever writes; the version stops a caller that read before that. */
export async function saveFollowUp(tx: Sql, followUp: FollowUp): Promise<boolean> {
  const rows = await tx.query(
    `update follow_up set order_id = $3, state = $4, reason = $5, moves_minor = $6, is_cod = $7, steps = $8,
       promised_at = $9, is_done = $10, version = version + 1, updated_at = now(), checks = 0,
       next_check_at = now() + interval '1 second'
     where id = $1 and version = $2 returning id`,
    [
      followUp.id,
      followUp.version,
      followUp.orderId,
      followUp.state,
      followUp.reason,
      followUp.movesMinor,
      followUp.isCod,
      JSON.stringify(followUp.steps),
      followUp.promisedAt,
      followUp.isDone,
    ],
    'follow-up-save',
  )
  return rows.length === 1
}

/** What never was promised to anybody, with its draft. */
export async function removeFollowUp(tx: Sql, { id, draftId }: FollowUp): Promise<void> {
  await tx.query('delete from follow_up where id = $1', [id], 'follow-up-remove')
  await tx.query('delete from draft_order where id = $1', [draftId], 'follow-up-remove-draft')
}

/**
 * Those that somebody has to look at. One that waits for its order is looked at every few seconds, one that
 * waits for goods to come back once a minute, and one in between soon: its step may only have failed.
 */
export async function claimFollowUps(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update follow_up set checks = checks + 1, next_check_at = now() + make_interval(secs => least(power(2, least(checks, 6)),
       case when exists (select from orders where id = follow_up.order_id) then 4 when state = 'open' then 60 else 15 end))
     where id in (select id from follow_up where not is_done and next_check_at <= now()
       order by next_check_at limit $1 for update skip locked)
     returning id`,
    [limit],
    'follow-up-claim',
  )
  return rows.map(({ id }) => id)
}
