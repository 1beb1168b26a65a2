'use client'

import type { OrderSummary } from '@souk/order/contract'
import type { Column } from '@souk/ui/admin-table'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText, numberText } from '../../frame/format.ts'
import { OrderStatusMark } from '../../frame/order-status.tsx'
import { paths } from '../../paths.ts'

export const orderColumns: readonly Column<OrderSummary>[] = [
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
  { key: 'placed', header: 'Placed', phone: 'aside', cell: (order) => <DateTime value={order.createdAt} /> },
  {
    key: 'customer',
    header: 'Customer',
    phone: 'wide',
    className: 'sm:max-w-56',
    cell: (order) => (
      <>
        <span className="block truncate">{order.customerName}</span>
        <span className="block truncate text-dense text-ink-soft">{order.email}</span>
      </>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    phone: 'start',
    cell: (order) => <OrderStatusMark status={order.status} />,
  },
  {
    key: 'items',
    header: 'Items',
    phone: 'hidden',
    isEnd: true,
    from: 'lg',
    cell: (order) => numberText(order.itemCount),
  },
  {
    key: 'total',
    header: 'Total',
    phone: 'end',
    isEnd: true,
    cell: (order) => (
      <>
        {moneyText(order.total)}
        {order.refunded.amount > 0 && (
          <span className="block text-dense text-ink-soft">{moneyText(order.refunded)} refunded</span>
        )}
      </>
    ),
  },
]
