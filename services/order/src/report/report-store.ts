import type { Sql } from '@souk/db/connect'
import type { OrderStatus, SalesReport } from '../contract.ts'

export type DayRow = {
  date: string
  orders: number
  revenueMinor: number
  refundedMinor: number
  units: number
}

const sold = `confirmed_at >= $1 and status not in ('cancelled', 'failed')`

export async function salesByDay(sql: Sql, from: Date): Promise<DayRow[]> {
  return await sql.query<DayRow>(
    `select to_char(confirmed_at at time zone 'UTC', 'YYYY-MM-DD') as date, count(*)::int as orders,
       sum(total_minor)::bigint as "revenueMinor", sum(refunded_minor)::bigint as "refundedMinor",
       sum((select sum(quantity) from order_line l where l.order_id = orders.id))::int as units
     from orders where ${sold} group by 1 order by 1`,
    [from],
  )
}

export async function countByStatus(sql: Sql): Promise<{ status: OrderStatus; count: number }[]> {
  return await sql.query('select status, count(*)::int as count from orders group by status order by status')
}

export async function topProducts(sql: Sql, from: Date): Promise<SalesReport['topProducts']> {
  return await sql.query(
    `select l.product_slug as "productSlug", max(l.name) as name, max(l.image_url) as "imageUrl",
       sum(l.quantity)::int as units, sum(l.total_minor)::bigint as "revenueMinor"
     from orders join order_line l on l.order_id = orders.id
     where ${sold} group by l.product_slug order by 5 desc limit 5`,
    [from],
  )
}
