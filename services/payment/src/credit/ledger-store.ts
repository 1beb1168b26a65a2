import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import { type CreditVerb, changeOf, verbAccounts } from './credit.ts'

export type CreditMove = {
  verb: CreditVerb
  creditId: string
  amountMinor: number
  /** The payment, refund or command behind it: the same one moves a credit once. */
  sourceId: string
  orderId: string | null
  actor: string
  note: string | null
}

/** What comes back to a card that has expired must be of use to somebody. */
const graceDays = 90

const moveSql = `
  with changed as (
    update credit set balance_minor = balance_minor + $2::bigint, held_minor = held_minor + $3::bigint, updated_at = now(),
      expires_at = case when expires_at <= now() and $4 in ('release', 'give_back')
                        then now() + make_interval(days => ${graceDays}) else expires_at end
    where id = $1::uuid returning id, currency, balance_minor
  ), entry as (
    insert into credit_entry (id, credit_id, kind, source_id, order_id, actor, note, balance_after_minor)
    select $5::uuid, id, $4, $6::uuid, $7::uuid, $8, $9, balance_minor from changed returning id
  )
  insert into credit_posting (entry_id, line, account, debit_minor, credit_minor, currency)
  select entry.id, line, account, debit, credit, changed.currency
  from entry, changed, lateral (values
    (1, $10::text, $12::bigint, 0::bigint), (2, $11::text, 0::bigint, $12::bigint)
  ) as side(line, account, debit, credit)
  returning entry_id`

/** Moves money on a credit and writes down why, in one statement. The CHECK constraints have the last word. */
export async function moveCredit(tx: Sql, move: CreditMove): Promise<void> {
  const { debit, credit } = verbAccounts[move.verb]
  const written = await tx.query(
    moveSql,
    [
      move.creditId,
      changeOf(move.verb, 'balance', move.amountMinor),
      changeOf(move.verb, 'held', move.amountMinor),
      move.verb,
      newId(),
      move.sourceId,
      move.orderId,
      move.actor,
      move.note,
      debit,
      credit,
      move.amountMinor,
    ],
    'credit-move',
  )
  if (written.length !== 2) throw new Error(`There is no credit ${move.creditId}`)
}
