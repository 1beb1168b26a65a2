import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { show } from './order-blocks.ts'

export type RefundedOrder = {
  orderId: string
  number: string
  customerName: string
  accessToken: string | null
}
export type Refund = EventData<'payment.refunded'>

export function orderRefunded(order: RefundedOrder, refund: Refund, links: Links): Mail {
  const amount = show(refund.amountMinor, refund.currency)
  const isOneOfSeveral = refund.refundedTotalMinor !== refund.amountMinor
  return compose(
    {
      subject: `Refund of ${amount} for your order ${order.number}`,
      preheader: `${amount} is on its way back to you.`,
      aside: order.number,
      blocks: [
        title(`${amount} is on its way back to you`),
        paragraph(greeting(order.customerName)),
        paragraph(`We have refunded ${amount} for order ${order.number}. It goes back the way you paid.`),
        facts([
          { label: 'Refunded now', value: amount },
          ...(isOneOfSeveral
            ? [{ label: 'Refunded in all', value: show(refund.refundedTotalMinor, refund.currency) }]
            : []),
          ...(refund.reason.trim() === '' ? [] : [{ label: 'Reason', value: refund.reason }]),
        ]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        smallPrint('Banks usually take three to five working days to show it in your account.'),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
