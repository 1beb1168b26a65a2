import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, orderTotals } from './order-blocks.ts'

export function orderCancelled(order: EventData<'order.cancelled'>, links: Links): Mail {
  const { number } = order
  return compose(
    {
      subject: `Your order ${number} was cancelled`,
      preheader: aboutTheMoney(order),
      aside: number,
      blocks: [
        title('Your order was cancelled'),
        paragraph(greeting(order.customerName)),
        paragraph(`Nothing of order ${number} will be sent. ${aboutTheMoney(order)}`),
        ...(order.reason.trim() === '' ? [] : [facts([{ label: 'Reason', value: order.reason }])]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order),
        orderTotals(order),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}

function aboutTheMoney({ paymentId, wasConfirmed }: EventData<'order.cancelled'>): string {
  if (paymentId === null) return 'You were not charged.'
  return wasConfirmed
    ? 'What you paid goes back the way it came. We write to you when it does.'
    : 'If money was set aside for it, it is released. Should anything have been charged, it goes back to you.'
}
