'use client'

import type { SalesReport } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { cx } from '@souk/ui/class-names'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { toPoints } from './sales-series.ts'
import { SalesTable } from './sales-table.tsx'

const chartHeight = 'h-60'
const wait = (
  <Loading label="Loading the chart">
    <Skeleton className={chartHeight} />
  </Loading>
)
/** Apart from the page: the drawing library is by far the largest part of it. */
const SalesChart = dynamic(async () => (await import('./sales-chart.tsx')).SalesChart, {
  ssr: false,
  loading: () => wait,
})

export function SalesPanel({ report, days }: { report: SalesReport | undefined; days: number }) {
  const [isTable, setIsTable] = useState(false)
  const points = report ? toPoints(report.days) : []
  const unit = days > 92 ? 'week' : 'day'
  return (
    <Panel
      title={`Revenue by ${unit}`}
      aside={
        <Button variant="quiet" size="small" onClick={() => setIsTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      }
    >
      {!report && wait}
      {report && isTable && <SalesTable points={points} unit={unit} />}
      {report && !isTable && (
        <>
          <div className={chartHeight}>
            <SalesChart points={points} unit={unit} />
          </div>
          <ul className="mt-2 flex gap-5 text-dense text-ink-soft">
            <Key className="bg-accent">Kept</Key>
            <Key className="bg-edge">Refunded</Key>
          </ul>
        </>
      )}
    </Panel>
  )
}

function Key({ className, children }: { className: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      <span aria-hidden="true" className={cx('size-2.5', className)} />
      {children}
    </li>
  )
}
