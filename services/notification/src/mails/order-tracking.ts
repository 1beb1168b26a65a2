import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines } from './order-blocks.ts'
import { trackingFacts } from './tracking-facts.ts'

export function orderTracking(order: EventData<'order.tracking_corrected'>, links: Links): Mail {
  const tracking = trackingFacts(order)
  return compose(
    {
      subject: `New tracking for your order ${order.number}`,
      preheader:
        order.trackingNumber === null
          ? 'What we wrote before was wrong.'
          : `Tracking number ${order.trackingNumber}`,
      aside: order.number,
      blocks: [
        title('The tracking of your parcel has changed'),
        paragraph(greeting(order.customerName)),
        paragraph(
          tracking.length === 0
            ? 'The tracking we wrote to you before was wrong. This parcel travels without.'
            : 'Please follow your parcel with the details below. What we wrote to you before was wrong.',
        ),
        ...(tracking.length === 0 ? [] : [facts(tracking)]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'In this parcel'),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
