import { formatMoney } from '@souk/kernel/format-money'
import type { OrderSummary } from '@souk/order/contract'
import { Status } from '@souk/ui/badge'
import Link from 'next/link'
import { LocalTime } from '../../local-time.tsx'
import { paths } from '../../paths.ts'
import { Thumbnail } from '../../thumbnail.tsx'
import { orderWords } from './order-words.ts'

export function OrderList({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <ul aria-label="Your orders" className="divide-y divide-line border-line border-y">
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} />
      ))}
    </ul>
  )
}

function OrderRow({ order }: { order: OrderSummary }) {
  const words = orderWords[order.status]
  return (
    <li className="group relative flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-5">
      <div className="min-w-44">
        <Link
          href={paths.order(order.id)}
          className="figures font-medium underline-offset-4 after:absolute after:inset-0 group-hover:underline"
        >
          <span className="sr-only">Order </span>
          {order.number}
        </Link>
        <p className="text-ink-soft text-sm">
          <LocalTime at={order.createdAt} style="date" />
        </p>
      </div>
      <div className="flex w-40" aria-hidden="true">
        {order.imageUrls.slice(0, 3).map((url) => (
          <span key={url} className="block w-13">
            <Thumbnail url={url} />
          </span>
        ))}
      </div>
      <Status tone={words.tone} className="min-w-44">
        {words.label}
      </Status>
      <div className="min-w-24 text-right">
        <p className="figures">{formatMoney(order.total)}</p>
        <p className="figures text-ink-soft text-sm">
          {order.itemCount} {order.itemCount === 1 ? 'item' : 'items'}
        </p>
      </div>
    </li>
  )
}
