'use client'

import type { OrderStatus, SalesReport } from '@souk/order/contract'
import { Figure } from '@souk/ui/admin-page'
import { Skeleton } from '@souk/ui/skeleton'
import Link from 'next/link'
import { countText, minorText, numberText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'

export function SalesFigures({ report, days }: { report: SalesReport | undefined; days: number }) {
  const wait = <Skeleton className="my-1 h-5 w-24" />
  const totals = report?.totals
  return (
    <section aria-label="Figures" aria-busy={report === undefined}>
      <dl className="grid grid-cols-2 rounded-control border border-line bg-raised max-md:divide-y max-md:divide-line md:grid-cols-5 md:divide-x md:divide-line">
        <Figure
          label={`Revenue, ${days} days`}
          value={totals ? minorText(totals.revenueMinor) : wait}
          note={totals && countText(totals.units, 'piece', 'pieces')}
        />
        <Figure label="Orders" value={totals ? numberText(totals.orders) : wait} />
        <Figure label="Average order" value={totals ? minorText(totals.averageMinor) : wait} />
        <Figure label="Refunded" value={totals ? minorText(totals.refundedMinor) : wait} />
        <Figure
          className="max-md:col-span-2"
          label="Orders to ship now"
          value={report ? numberText(report.toShip) : wait}
          note={report && <ToShip report={report} />}
        />
      </dl>
    </section>
  )
}

function ToShip({ report }: { report: SalesReport }) {
  const count = (wanted: OrderStatus) => report.byStatus.find(({ status }) => status === wanted)?.count ?? 0
  if (report.toShip === 0) return 'Everything is on its way'
  return (
    <>
      <Link href={paths.orders({ status: 'confirmed' })} className="link">
        {numberText(count('confirmed'))} new
      </Link>
      {', '}
      <Link href={paths.orders({ status: 'processing' })} className="link">
        {numberText(count('processing'))} in processing
      </Link>
    </>
  )
}
