import type { Sql } from '@souk/db/connect'
import type { CreditRecord } from './credit.ts'
import { type CreditRow, creditColumns, toCredit } from './credit-rows.ts'

export type CreditFilter = {
  kind?: CreditRecord['kind'] | undefined
  userId?: string | undefined
  q?: string | undefined
  before: string | undefined
  limit: number
}

/** Newest first: ids are ordered by time. */
export async function listCreditsBefore(sql: Sql, filter: CreditFilter): Promise<CreditRecord[]> {
  const text = filter.q === undefined || filter.q === '' ? null : filter.q
  const rows = await sql.query<CreditRow>(
    `select ${creditColumns} from credit
     where ($1::text is null or kind = $1) and ($2::uuid is null or user_id = $2) and ($3::uuid is null or id < $3)
       and ($4::text is null or last4 = upper($5) or recipient_email ilike $4 or note ilike $4)
     order by id desc limit $6`,
    [
      filter.kind ?? null,
      filter.userId ?? null,
      filter.before ?? null,
      text === null ? null : `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
      text ?? '',
      filter.limit,
    ],
    'credit-list',
  )
  return rows.map(toCredit)
}
