'use client'

import { PageHeader } from '@souk/ui/admin-page'
import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { readQuery } from '../../url-query.ts'
import { LatestOrders } from './latest-orders.tsx'
import { LowStock } from './low-stock.tsx'
import { PeriodSwitch } from './period-switch.tsx'
import { SalesFigures } from './sales-figures.tsx'
import { SalesPanel } from './sales-panel.tsx'
import { periods } from './sales-series.ts'
import { TopProducts } from './top-products.tsx'

const Period = z.coerce.number().pipe(z.literal(periods))
const refreshMs = 60_000

export function DashboardPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const { days = 30 } = readQuery(z.object({ days: Period }), params)
  const report = useQuery({ ...api.admin.report.sales.queryOptions({ days }), refetchInterval: refreshMs })
  return (
    <>
      <PageHeader title="Dashboard" actions={<PeriodSwitch chosen={days} />} />
      <div className="flex flex-col gap-4">
        {report.error && (
          <ProblemNotice
            title="The sales figures could not be loaded"
            error={report.error}
            onRetry={() => void report.refetch()}
          />
        )}
        {!(report.error && !report.data) && (
          <>
            <SalesFigures report={report.data} days={days} />
            <SalesPanel report={report.data} days={days} />
          </>
        )}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <LatestOrders />
          <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-1">
            <LowStock />
            <TopProducts report={report.data} days={days} hasFailed={report.isError} />
          </div>
        </div>
      </div>
    </>
  )
}
