import { type Order, OrderStatus } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { DateTime } from '../../frame/date-time.tsx'
import { orderStatusLabel } from '../../frame/order-status.tsx'

/** What happened, where that is another word than the state it led to. */
const happened: Record<string, string> = {
  pending: 'Placed',
  awaiting_payment: 'Payment asked for',
  confirmed: 'Confirmed',
  processing: 'Processing started',
  parcel_shipped: 'A parcel left',
  parcel_delivered: 'A parcel arrived',
  goods_returned: 'Goods came back',
  rest_cancelled: 'The rest cancelled',
  tracking_corrected: 'Tracking corrected',
  edited: 'Edited',
  arrived: 'Goods it waited for arrived',
  follow_up_placed: 'What was added or exchanged is ordered',
  follow_up_ended: 'What was added or exchanged came to nothing',
  edit_refund_failed: 'Refund of an edit refused',
  edit_refund_retried: 'Refund of an edit asked for again',
  exchange_changed: 'Exchange of a return changed',
  return_requested: 'Return asked for',
  return_refunding: 'Refund of a return started',
  return_refund_failed: 'Refund of a return refused',
}

function entryLabel(type: string): string {
  const known = happened[type]
  if (known) return known
  const status = OrderStatus.safeParse(type)
  return status.success ? orderStatusLabel(status.data) : sentenceCase(type)
}

function sentenceCase(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1).replaceAll('_', ' ')
}

function actorLabel(actor: string): string {
  if (actor === 'system') return 'by the shop'
  return actor === 'customer' ? 'by the customer' : 'by staff'
}

/** What happened to the order and who did it, the latest first. */
export function TimelinePanel({ order }: { order: Order }) {
  return (
    <Panel title="Timeline">
      <ol className="flex flex-col">
        {order.timeline.toReversed().map((entry) => (
          <li
            key={`${entry.at}${entry.type}`}
            className="relative border-line border-l pb-4 pl-5 text-sm last:border-transparent last:pb-0"
          >
            <span aria-hidden="true" className="absolute top-1.5 -left-1 size-2 rounded-full bg-edge" />
            <p>
              <span className="font-medium">{entryLabel(entry.type)}</span>{' '}
              <span className="text-ink-soft">{actorLabel(entry.actor)}</span>
            </p>
            {entry.note && <p>{entry.note}</p>}
            <DateTime value={entry.at} className="text-dense text-ink-soft" />
          </li>
        ))}
      </ol>
    </Panel>
  )
}
