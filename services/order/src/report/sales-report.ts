import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { SalesReport, SalesStats } from '../contract.ts'
import { countByStatus, salesByDay, topProducts } from './report-store.ts'

/** Sales of the last `days` days, today included, in UTC. An order counts from its confirmation until it is cancelled. */
export async function salesReport(
  ctx: OrderContext,
  { days }: z.output<typeof SalesStats>,
): Promise<SalesReport> {
  const today = ctx.clock.now()
  const from = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - days + 1))
  const [sold, byStatus, top] = await Promise.all([
    salesByDay(ctx.db.sql, from),
    countByStatus(ctx.db.sql),
    topProducts(ctx.db.sql, from),
  ])
  const byDate = new Map(sold.map((row) => [row.date, row]))
  const dates = Array.from({ length: days }, (_, index) =>
    new Date(from.getTime() + index * 86_400_000).toISOString().slice(0, 10),
  )
  const total = (read: (row: (typeof sold)[number]) => number) =>
    sold.reduce((sum, row) => sum + read(row), 0)
  const orders = total((row) => row.orders)
  const revenueMinor = total((row) => row.revenueMinor)
  return {
    currency: 'EUR',
    days: dates.map((date) => ({
      date,
      orders: byDate.get(date)?.orders ?? 0,
      revenueMinor: byDate.get(date)?.revenueMinor ?? 0,
      refundedMinor: byDate.get(date)?.refundedMinor ?? 0,
    })),
    totals: {
      orders,
      revenueMinor,
      refundedMinor: total((row) => row.refundedMinor),
      averageMinor: orders === 0 ? 0 : Math.round(revenueMinor / orders),
      units: total((row) => row.units),
    },
    byStatus,
    topProducts: top,
    toShip: byStatus
      .filter(({ status }) => status === 'confirmed' || status === 'processing')
      .reduce((sum, { count }) => sum + count, 0),
  }
}
