import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { deliveryAddress, orderLines } from './order-blocks.ts'
import { trackingFacts } from './tracking-facts.ts'

/** One mail a parcel: what is in this one, and whether more follows. */
export function orderShipped(order: EventData<'order.shipped'>, links: Links): Mail {
  const { number, trackingNumber } = order
  const tracking = trackingFacts(order)
  const isPart = order.isComplete === false
  return compose(
    {
      subject: isPart ? `A part of your order ${number} is on its way` : `Your order ${number} is on its way`,
      preheader:
        trackingNumber === null ? 'It left our warehouse today.' : `Tracking number ${trackingNumber}`,
      aside: number,
      blocks: [
        title(isPart ? 'A part of your order is on its way' : 'Your order is on its way'),
        paragraph(greeting(order.customerName)),
        paragraph(
          `Your parcel has left our warehouse.${trackingNumber === null ? '' : ' Follow it with the tracking number below.'}${isPart ? ' The rest follows in another parcel, and we will write to you again.' : ''}`,
        ),
        ...(tracking.length === 0 ? [] : [facts(tracking)]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'In this parcel'),
        ...deliveryAddress(order),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
