import type { Sql } from '@souk/db/connect'

/** `askedMinor` is more than `amountMinor` when the difference is refunded, because it was taken before. */
export type Lowering = { paymentId: string; amountMinor: number; askedMinor: number }

export async function findLowering(sql: Sql, id: string): Promise<Lowering | undefined> {
  const [row] = await sql.query<{
    paymentId: string
    amountMinor: number | bigint
    askedMinor: number | bigint
  }>(
    `select payment_id as "paymentId", amount_minor as "amountMinor",
       coalesce(asked_minor, amount_minor) as "askedMinor" from lowering where id = $1`,
    [id],
    'lowering-find',
  )
  return row && { ...row, amountMinor: Number(row.amountMinor), askedMinor: Number(row.askedMinor) }
}

/** The caller has the payment's row locked. A capture or void that is under way has decided on the old amount. */
export async function hasOpenAttempt(tx: Sql, paymentId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from attempt
     where payment_id = $1 and operation in ('capture', 'void') and outcome in ('started', 'unknown')`,
    [paymentId],
    'lowering-open-attempt',
  )
  return rows.length > 0
}

export async function insertLowering(
  tx: Sql,
  id: string,
  { paymentId, amountMinor, askedMinor }: Lowering,
): Promise<void> {
  await tx.query(
    `with written as (
       insert into lowering (id, payment_id, amount_minor, asked_minor) values ($1, $2, $3, $4)
       returning payment_id, amount_minor)
     update payment set lowered_minor = lowered_minor + written.amount_minor, updated_at = now()
     from written where payment.id = written.payment_id`,
    [id, paymentId, amountMinor, askedMinor > amountMinor ? askedMinor : null],
    'lowering-insert',
  )
}
