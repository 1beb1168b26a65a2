import type { Sql } from '@souk/db/connect'
import type { OrderRow } from './order-row.ts'

export type SummaryRow = Pick<
  OrderRow,
  | 'id'
  | 'number'
  | 'status'
  | 'email'
  | 'customer_name'
  | 'total_minor'
  | 'refunded_minor'
  | 'currency'
  | 'created_at'
  | 'updated_at'
> & { item_count: number; image_urls: string[] | null }

export type SummaryFilter = {
  userId: string | null
  status: string | null
  text: string | null
  /** Ids are time-ordered, so the id is the sort key. */
  before: string | null
  limit: number
}

export async function listSummaries(sql: Sql, filter: SummaryFilter): Promise<SummaryRow[]> {
  const conditions = ['true']
  const values: unknown[] = []
  const add = (condition: (parameter: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (filter.userId !== null) {
    add((p) => `o.user_id = ${p}`, filter.userId)
    conditions.push(`o.status <> 'failed'`)
  }
  if (filter.status !== null) add((p) => `o.status = ${p}`, filter.status)
  if (filter.before !== null) add((p) => `o.id < ${p}::uuid`, filter.before)
  if (filter.text !== null) {
    add(
      (p) => `(o.number ilike ${p} or o.email ilike ${p} or o.customer_name ilike ${p})`,
      `%${filter.text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
    )
  }
  values.push(filter.limit)
  return await sql.query<SummaryRow>(
    `select o.id, o.number, o.status, o.email, o.customer_name, o.total_minor, o.refunded_minor, o.currency,
       o.created_at, o.updated_at, sum(l.quantity)::int as item_count,
       (array_remove(array_agg(l.image_url order by l.position), null))[1:4] as image_urls
     from (select * from orders o where ${conditions.join(' and ')} order by o.id desc limit $${values.length}) o
     join order_line l on l.order_id = o.id
     group by o.id, o.number, o.status, o.email, o.customer_name, o.total_minor, o.refunded_minor, o.currency,
       o.created_at, o.updated_at
     order by o.id desc`,
    values,
  )
}
