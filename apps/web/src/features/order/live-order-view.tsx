'use client'

import type { Order } from '@souk/order/contract'
import { type CancelAnswer, CancelOrder } from './cancel-order.tsx'
import { OrderEdits } from './order-edits.tsx'
import { OrderFacts } from './order-facts.tsx'
import { OrderFollowUps } from './order-follow-ups.tsx'
import { OrderInvoices } from './order-invoices.tsx'
import { OrderItems } from './order-items.tsx'
import { OrderParcels } from './order-parcels.tsx'
import { OrderProgress } from './order-progress.tsx'
import { OrderReturns } from './order-returns.tsx'
import { OrderStatusHead } from './order-status-head.tsx'
import { OrderTimeline } from './order-timeline.tsx'
import { PaymentPrompt } from './payment-prompt.tsx'
import { type ExchangeAnswer, type ReturnAnswer, ReturnItems, type ReturnWish } from './return-items.tsx'
import { useLiveOrder } from './use-live-order.ts'

type LiveOrderViewProps = {
  order: Order
  onCancel: (orderId: string) => Promise<CancelAnswer>
  onCancelRest: (orderId: string, editId: string) => Promise<CancelAnswer>
  onReturn: (orderId: string, wish: ReturnWish) => Promise<ReturnAnswer>
  onExchangeOptions: (orderId: string, sku: string) => Promise<ExchangeAnswer>
}

/** One order as it stands, and as it goes on. */
export function LiveOrderView(props: LiveOrderViewProps) {
  const { onCancel, onCancelRest, onReturn, onExchangeOptions } = props
  const { order, take } = useLiveOrder(props.order)
  return (
    <>
      <OrderStatusHead order={order} />
      <div className="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-[1fr_24rem]">
        <div className="flex min-w-0 flex-col gap-10">
          <PaymentPrompt order={order} />
          <OrderFollowUps order={order} />
          <OrderProgress status={order.status} />
          <OrderParcels order={order} />
          <OrderEdits order={order} />
          <OrderReturns order={order} />
          <OrderItems order={order} />
        </div>
        <div className="flex flex-col gap-10">
          <OrderFacts order={order} />
          <OrderInvoices order={order} />
          <OrderTimeline order={order} />
          <ReturnItems
            order={order}
            onReturn={onReturn}
            onExchangeOptions={onExchangeOptions}
            onReturned={take}
          />
          <CancelOrder order={order} onCancel={onCancel} onCancelRest={onCancelRest} onCancelled={take} />
        </div>
      </div>
    </>
  )
}
