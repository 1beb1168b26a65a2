import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import type { PriceChange } from '../contract.ts'

export type NewPriceChange = Pick<PriceChange, 'actor' | 'action' | 'subject' | 'details'>

/** A line of the log of price rules; inside a transaction it exists exactly when the change does. */
export async function writePriceChange(tx: Sql, change: NewPriceChange): Promise<void> {
  await tx.query(
    'insert into price_change (id, actor, action, subject, details) values ($1, $2, $3, $4, $5)',
    [newId(), change.actor, change.action, change.subject, JSON.stringify(change.details)],
  )
}

/** Newest first. */
export async function readPriceChanges(
  sql: Sql,
  wanted: {
    about?: string | undefined
    actor?: string | undefined
    before: string | undefined
    limit: number
  },
): Promise<PriceChange[]> {
  const rows = await sql.query<Omit<PriceChange, 'at'> & { at: Date }>(
    `select id, actor, action, subject, details, at from price_change
     where ($1::uuid is null or id < $1) and ($2::text is null or split_part(action, '_', 1) = $2)
       and ($3::text is null or actor = $3)
     order by id desc limit $4`,
    [wanted.before ?? null, wanted.about ?? null, wanted.actor ?? null, wanted.limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
