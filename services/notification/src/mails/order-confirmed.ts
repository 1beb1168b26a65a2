import { button, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { deliveryAddress, type OrderForMail, orderLines, orderTotals, show } from './order-blocks.ts'

export function orderConfirmed(order: OrderForMail, links: Links): Mail {
  const { number, totals, lines } = order
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  const count = pieces === 1 ? 'one piece' : `${pieces} pieces`
  const isWaiting = lines.some(({ shipsLater = 0 }) => shipsLater > 0)
  return compose(
    {
      subject: `Your order ${number} is confirmed`,
      preheader: `${count}, ${show(totals.totalMinor, totals.currency)}. We write again when it leaves.`,
      aside: number,
      blocks: [
        title('Thank you, your order is confirmed'),
        paragraph(greeting(order.customerName)),
        paragraph(
          `We have everything we need and are getting your order ready. We write to you again as soon as it is on its way.`,
        ),
        ...(isWaiting
          ? [
              paragraph(
                'A part of it is not in stock yet and ships later, as it says below. We tell you by e-mail when it has arrived.',
              ),
            ]
          : []),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order),
        orderTotals(order),
        ...deliveryAddress(order),
        smallPrint('Changed your mind? As long as it has not left, you can cancel on the order page.'),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
