import type { EventData } from '@souk/events/catalog'
import { formatMoney, money } from '@souk/kernel/money'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, orderTotals } from './order-blocks.ts'

export function orderEdited(order: EventData<'order.edited'>, links: Links): Mail {
  const { number } = order
  const removed = order.removed.map(
    ({ quantity, name, optionsLabel }) =>
      `${quantity} × ${[name, optionsLabel].filter((part) => part !== '').join(', ')}`,
  )
  const less = formatMoney(money(order.loweredMinor, order.totals.currency))
  return compose(
    {
      subject: `Your order ${number} was changed`,
      preheader: `It costs ${less} less now.`,
      aside: number,
      blocks: [
        title('Your order was changed'),
        paragraph(greeting(order.customerName)),
        paragraph(
          order.loweredMinor === 0
            ? 'We took a part out of your order, as agreed. What you pay stays the same.'
            : `We took a part out of your order, as agreed. It costs ${less} less now. What you paid of that goes back the way it came; what was only set aside is not taken.`,
        ),
        facts(removed.map((value) => ({ label: 'Taken out', value }))),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order),
        orderTotals(order),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
