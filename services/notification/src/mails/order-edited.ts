import type { EventData } from '@souk/events/catalog'
import { formatMoney, money } from '@souk/kernel/money'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, orderTotals } from './order-blocks.ts'

type Edited = EventData<'order.edited'>

export function orderEdited(order: Edited, links: Links): Mail {
  const { number } = order
  const less = formatMoney(money(order.loweredMinor, order.totals.currency))
  const lines = order.lines.length === 0 ? [] : [orderLines(order), orderTotals(order)]
  return compose(
    {
      subject: order.isRest
        ? `The rest of your order ${number} is cancelled`
        : `Your order ${number} was changed`,
      preheader: order.added ? 'See what is new.' : `It costs ${less} less now.`,
      aside: number,
      blocks: [
        title(order.isRest ? 'The rest of your order is cancelled' : 'Your order was changed'),
        paragraph(greeting(order.customerName)),
        paragraph(wordsOf(order, less)),
        facts([
          ...listOf(order.removed).map((value) => ({
            label: order.isRest ? 'Not sent' : 'Taken out',
            value,
          })),
          ...listOf(order.added?.pieces ?? []).map((value) => ({ label: 'Added', value })),
        ]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        ...lines,
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}

function wordsOf({ added, loweredMinor, totals, isRest }: Edited, less: string): string {
  if (isRest)
    return `What had not left yet is not sent any more. Your order costs ${less} less: what you paid of that goes back the way it came; what was only set aside is not taken. What has left is yours, and your order is complete with it.`
  if (added) {
    const toPay = formatMoney(money(added.toPayMinor, totals.currency))
    const paying = added.isCod ? `You pay ${toPay} for it on delivery.` : 'It is paid already.'
    const rest =
      loweredMinor > added.movedMinor && !added.isCod
        ? ' What is left of what you paid goes back the way it came.'
        : ''
    return `We changed your order, as agreed. What was added is an order of its own, and you get a mail about it. ${paying}${rest}`
  }
  return loweredMinor === 0
    ? 'We took a part out of your order, as agreed. What you pay stays the same.'
    : `We took a part out of your order, as agreed. It costs ${less} less now. What you paid of that goes back the way it came; what was only set aside is not taken.`
}

function listOf(pieces: Edited['removed']): string[] {
  return pieces.map(
    ({ quantity, name, optionsLabel }) =>
      `${quantity} × ${[name, optionsLabel].filter((part) => part !== '').join(', ')}`,
  )
}
