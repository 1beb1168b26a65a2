import type { Order } from '@souk/order/contract'
import { LocalTime } from '../../local-time.tsx'
import { orderWords, partlySent } from './order-words.ts'

export function OrderStatusHead({ order }: { order: Order }) {
  const words =
    order.status === 'processing' && order.shipments.length > 0 ? partlySent : orderWords[order.status]
  const isReasonShown = order.status === 'failed' || order.status === 'cancelled'
  return (
    <div>
      <p className="text-ink-soft">
        Order <span className="figures text-ink">{order.number}</span>, placed{' '}
        <LocalTime at={order.createdAt} />
      </p>
      <div role="status">
        <h1 className="display mt-2 text-3xl md:text-4xl">{words.title}</h1>
        <p className="mt-3 max-w-read text-lg">
          {isReasonShown && `${asSentence(order.reason)} `}
          {words.next}
        </p>
      </div>
    </div>
  )
}

function asSentence(reason: string | null): string {
  if (!reason) return ''
  return /[.!?]$/.test(reason) ? reason : `${reason}.`
}
