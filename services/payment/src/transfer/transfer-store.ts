import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import type { PaymentRecord } from '../payment/payment.ts'
import type { TransferRecord } from './transfer.ts'

export type TransferRow = Omit<TransferRecord, 'currency' | 'status' | 'amountMinor' | 'backMinor'> & {
  currency: string
  status: string
  amountMinor: number | bigint
  backMinor: number | bigint
}

const columns = `transfer.id, transfer.from_payment_id as "fromPaymentId", transfer.to_payment_id as "toPaymentId",
  transfer.amount_minor as "amountMinor", transfer.back_minor as "backMinor", transfer.currency, transfer.status,
  transfer.created_at as "createdAt"`

/** CHECK constraints hold the text columns to the words of these types. */
export function toTransfer(row: TransferRow): TransferRecord {
  return {
    ...row,
    currency: row.currency as TransferRecord['currency'],
    status: row.status as TransferRecord['status'],
    amountMinor: Number(row.amountMinor),
    backMinor: Number(row.backMinor),
  }
}

export async function findTransferTo(sql: Sql, paymentId: string): Promise<TransferRecord | undefined> {
  const [row] = await sql.query<TransferRow>(
    `select ${columns} from transfer where to_payment_id = $1`,
    [paymentId],
    'transfer-find',
  )
  return row && toTransfer(row)
}

/**
 * Takes what a payment is paid with from the earlier one. Rows are always locked from the newer payment to
 * the older, so nobody waits in a circle; the CHECK constraint has the last word on how much is left. False
 * when the earlier payment can give nothing any more.
 */
export async function insertTransfer(
  tx: Sql,
  payment: PaymentRecord,
  transfer: { id: string; fromPaymentId: string },
): Promise<boolean> {
  const status = payment.transferStatus === 'spent' ? 'spent' : 'held'
  const written = await tx.query(
    `with origin as (
       update payment set transferred_minor = transferred_minor + $3::bigint, updated_at = now()
       where id = $2::uuid and currency = $5 and closed_reason is null and status in ('captured', 'authorized')
       returning id
     )
     insert into transfer (id, from_payment_id, to_payment_id, amount_minor, currency, status, ended_at)
     select $1::uuid, id, $4::uuid, $3::bigint, $5, $6, case when $6 = 'spent' then now() end from origin returning id`,
    [transfer.id, transfer.fromPaymentId, payment.transferMinor, payment.id, payment.currency, status],
    'transfer-insert',
  )
  if (written.length === 0) return false
  if (status === 'spent') await bookTransfer(tx, payment.id)
  return true
}

/** The payment has ended: what was held for it is spent, or free again. In the transaction of that step, which happens once. */
export async function endTransfer(tx: Sql, payment: PaymentRecord): Promise<void> {
  if (payment.transferStatus === 'spent') {
    await tx.query(
      `update transfer set status = 'spent', ended_at = now() where to_payment_id = $1`,
      [payment.id],
      'transfer-spend',
    )
    await bookTransfer(tx, payment.id)
  } else if (payment.transferStatus === 'released') {
    // An order that ended meanwhile wants its money back.
    await tx.query(
      `with freed as (
         update payment set transferred_minor = transferred_minor - transfer.amount_minor, updated_at = now(), checks = 0,
           next_check_at = case when closed_reason is not null then now() else next_check_at end
         from transfer where to_payment_id = $1 and transfer.status = 'held' and payment.id = from_payment_id
         returning transfer.id
       )
       update transfer set status = 'released', ended_at = now() from freed where transfer.id = freed.id`,
      [payment.id],
      'transfer-release',
    )
  }
}

/** What one payment earned is now earned by the other. */
async function bookTransfer(tx: Sql, paymentId: string): Promise<void> {
  await tx.query(
    `with moved as (
       select transfer.*, origin.credit_account as out_account, payment.credit_account as in_account
       from transfer join payment on payment.id = to_payment_id join payment origin on origin.id = from_payment_id
       where to_payment_id = $1::uuid
     ), entry as (
       insert into journal_entry (id, payment_id, kind, source_id)
       select $2::uuid, from_payment_id, 'transfer_out', id from moved
       union all select $3::uuid, to_payment_id, 'transfer_in', id from moved
     )
     insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
     select side.entry_id, line, account, debit, credit, moved.currency
     from moved, lateral (values
       ($2::uuid, 1, out_account, amount_minor, 0::bigint), ($2::uuid, 2, 'transfer', 0::bigint, amount_minor),
       ($3::uuid, 1, 'transfer', amount_minor, 0::bigint), ($3::uuid, 2, in_account, 0::bigint, amount_minor)
     ) as side(entry_id, line, account, debit, credit)`,
    [paymentId, newId(), newId()],
    'transfer-book',
  )
}

/** What a refund gives back is the earlier payment's again, which the caller has locked. */
export async function takeBack(tx: Sql, transfer: TransferRecord, amountMinor: number): Promise<void> {
  await tx.query(
    `with origin as (
       update payment set transferred_minor = transferred_minor - $2::bigint, updated_at = now(),
         next_check_at = case when closed_reason is not null then now() else next_check_at end
       where id = $3::uuid returning id
     )
     update transfer set back_minor = back_minor + $2::bigint from origin where transfer.id = $1::uuid`,
    [transfer.id, amountMinor, transfer.fromPaymentId],
    'transfer-take-back',
  )
}

/** What the earlier payment had earned and passed on is earned there again. */
export async function bookReturn(
  tx: Sql,
  transfer: TransferRecord,
  refund: { id: string; transferMinor: number },
): Promise<void> {
  await tx.query(
    `with origin as (
       select id, credit_account, currency from payment where id = $1::uuid
     ), entry as (
       insert into journal_entry (id, payment_id, kind, source_id)
       select $2::uuid, id, 'transfer_returned', $3::uuid from origin
     )
     insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
     select $2::uuid, line, account, debit, credit, currency
     from origin, lateral (values
       (1, 'transfer', $4::bigint, 0::bigint), (2, credit_account, 0::bigint, $4::bigint)
     ) as side(line, account, debit, credit)`,
    [transfer.fromPaymentId, newId(), refund.id, refund.transferMinor],
    'transfer-book-return',
  )
}
