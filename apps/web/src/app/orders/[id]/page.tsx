import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findOrder } from '../../../data/orders.ts'
import { LiveOrderView } from '../../../features/order/live-order-view.tsx'
import { cancel, cancelRest, exchangeOptions, requestReturn } from './actions.ts'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Your order', robots: { index: false }, referrer: 'same-origin' }

export default async function OrderPage({ params }: Props) {
  const order = await findOrder((await params).id)
  if (!order) notFound()
  return (
    <div className="page pt-8 md:pt-12">
      <LiveOrderView
        order={order}
        onCancel={cancel}
        onCancelRest={cancelRest}
        onReturn={requestReturn}
        onExchangeOptions={exchangeOptions}
      />
    </div>
  )
}
