import type { EventData } from '@souk/events/catalog'
import { button, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { oneLine } from './html.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { deliveryAddress, orderLines } from './order-blocks.ts'

/** What was sold before it was there has come. */
export function orderArrived(order: EventData<'order.promise_kept'>, links: Links): Mail {
  const { number, lines } = order
  const [only, ...others] = lines
  const what = only && others.length === 0 ? `Your ${oneLine(only.name)}` : 'What you waited for'
  return compose(
    {
      subject: `${what} has arrived: order ${number}`,
      preheader: 'It will be sent now. We write again when it leaves.',
      aside: number,
      blocks: [
        title(`${what} has arrived`),
        paragraph(greeting(order.customerName)),
        paragraph(
          'What you ordered before it was in stock is here now and will be sent to you. We write to you again as soon as it is on its way.',
        ),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'Here now'),
        ...deliveryAddress(order),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
