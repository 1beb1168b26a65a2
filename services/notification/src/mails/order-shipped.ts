import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { deliveryAddress, orderLines } from './order-blocks.ts'

export function orderShipped(order: EventData<'order.shipped'>, links: Links): Mail {
  const { number, carrier, trackingNumber } = order
  const tracking = [
    ...(carrier === null ? [] : [{ label: 'Carrier', value: carrier }]),
    ...(trackingNumber === null ? [] : [{ label: 'Tracking number', value: trackingNumber }]),
  ]
  return compose(
    {
      subject: `Your order ${number} is on its way`,
      preheader:
        trackingNumber === null ? 'It left our warehouse today.' : `Tracking number ${trackingNumber}`,
      aside: number,
      blocks: [
        title('Your order is on its way'),
        paragraph(greeting(order.customerName)),
        paragraph(
          `Your parcel has left our warehouse.${trackingNumber === null ? '' : ' Follow it with the tracking number below.'}`,
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
