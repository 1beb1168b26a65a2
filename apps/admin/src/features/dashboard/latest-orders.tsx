'use client'

import type { OrderSummary } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable } from '@souk/ui/admin-table'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { OrderStatusMark } from '../../frame/order-status.tsx'
import { paths } from '../../paths.ts'
import { PanelState } from './panel-state.tsx'

const columns: readonly Column<OrderSummary>[] = [
  {
    key: 'number',
    header: 'Order',
    isName: true,
    cell: (order) => (
      <Link
        href={paths.order(order.id)}
        data-row-link
        className="font-medium after:absolute after:inset-0 hover:underline"
      >
        {order.number}
      </Link>
    ),
  },
  {
    key: 'placed',
    header: 'Placed',
    phone: 'aside',
    from: 'md',
    cell: (order) => <DateTime value={order.createdAt} />,
  },
  {
    key: 'customer',
    header: 'Customer',
    phone: 'wide',
    className: 'sm:max-w-48',
    cell: (order) => <span className="block truncate">{order.customerName}</span>,
  },
  {
    key: 'status',
    header: 'Status',
    phone: 'start',
    cell: (order) => <OrderStatusMark status={order.status} />,
  },
  { key: 'total', header: 'Total', phone: 'end', isEnd: true, cell: (order) => moneyText(order.total) },
]

export function LatestOrders() {
  const api = useApi()
  const orders = useQuery({ ...api.admin.order.list.queryOptions({ limit: 8 }), refetchInterval: 15_000 })
  return (
    <Panel
      title="Latest orders"
      isFlush
      aside={
        <Link href={paths.orders()} className="link text-sm">
          All orders
        </Link>
      }
    >
      <PanelState
        query={{ data: orders.data?.items, error: orders.error, retry: () => void orders.refetch() }}
        label="latest orders"
        empty="No orders yet. They appear here as soon as somebody buys something."
      >
        {(items) => (
          <DataTable caption="Latest orders" columns={columns} rows={items} rowKey={(order) => order.id} />
        )}
      </PanelState>
    </Panel>
  )
}
