'use client'

import { OrderStatus } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ReceiptText } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { orderStatusLabel } from '../../frame/order-status.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { orderColumns } from './order-columns.tsx'

const Filters = z.object({ status: OrderStatus, q: z.string().max(120) })
const refreshMs = 15_000
/** In the order of the work. */
const tabStatuses = [
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'awaiting_payment',
  'pending',
  'cancelled',
  'failed',
  'returned',
] as const

export function OrdersPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const orders = useQuery({
    ...api.admin.order.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
  const isFiltered = filters.status !== undefined || filters.q !== undefined
  return (
    <>
      <PageHeader
        title="Orders"
        actions={
          <LinkButton component={Link} href={paths.drafts()} variant="secondary" size="small">
            Draft orders
          </LinkButton>
        }
      />
      <StatusTabs />
      <div className="flex flex-wrap items-center gap-3 py-4">
        <SearchBox label="Search orders" placeholder="Number, e-mail or name" />
        <p className="hidden text-dense text-ink-soft lg:block">
          On an order, <kbd className="font-mono">j</kbd> and <kbd className="font-mono">k</kbd> move to the
          next and the one before.
        </p>
      </div>
      <ListView
        query={orders}
        label="orders"
        columns={orderColumns}
        rowKey={(order) => order.id}
        empty={isFiltered ? <NoMatch /> : <NoOrders />}
      />
    </>
  )
}

function StatusTabs() {
  const api = useApi()
  const report = useQuery({
    ...api.admin.report.sales.queryOptions({ days: 1 }),
    refetchInterval: refreshMs * 4,
  })
  const counts = new Map(report.data?.byStatus.map(({ status, count }) => [status, count]))
  const tabs = tabStatuses.map((value) => ({
    value,
    label: orderStatusLabel(value),
    count: counts.get(value),
  }))
  return (
    <FilterTabs name="status" label="Order status" tabs={[{ value: undefined, label: 'All' }, ...tabs]} />
  )
}

function NoOrders() {
  return (
    <EmptyState icon={ReceiptText} title="No orders yet">
      <p>An order appears here as soon as somebody buys something in the shop.</p>
    </EmptyState>
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={ReceiptText}
      title="No order matches"
      actions={
        <SoftLink href={paths.orders()} className="link">
          Show all orders
        </SoftLink>
      }
    >
      <p>Try another status, or a part of the number, the e-mail address or the name.</p>
    </EmptyState>
  )
}
