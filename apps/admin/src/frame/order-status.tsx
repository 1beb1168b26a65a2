import type { OrderStatus } from '@souk/order/contract'
import { Status, type Tone } from '@souk/ui/badge'

const looks: Record<OrderStatus, { label: string; tone: Tone }> = {
  pending: { label: 'Being placed', tone: 'neutral' },
  awaiting_payment: { label: 'Awaiting payment', tone: 'warning' },
  confirmed: { label: 'To ship', tone: 'accent' },
  processing: { label: 'Processing', tone: 'accent' },
  shipped: { label: 'Shipped', tone: 'positive' },
  delivered: { label: 'Delivered', tone: 'positive' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'danger' },
  partially_returned: { label: 'Partly returned', tone: 'warning' },
  returned: { label: 'Returned', tone: 'warning' },
}

export function orderStatusLabel(status: OrderStatus): string {
  return looks[status].label
}

export function OrderStatusMark({ status }: { status: OrderStatus }) {
  return <Status tone={looks[status].tone}>{looks[status].label}</Status>
}
