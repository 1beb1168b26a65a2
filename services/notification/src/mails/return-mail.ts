import type { EventData } from '@souk/events/catalog'
import { type Block, button, facts, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { oneLine } from './html.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, show } from './order-blocks.ts'
import type { RefundedOrder } from './order-refunded.ts'

const because = 'You get this mail because you asked to return something to Souk.'

export function returnRequested(order: EventData<'order.return_requested'>, links: Links): Mail {
  return compose(
    {
      subject: `We have your return ${order.returnNumber}`,
      preheader: `Order ${order.number}: we look at it and write to you.`,
      aside: order.returnNumber,
      blocks: [
        title('We have your return request'),
        paragraph(greeting(order.customerName)),
        paragraph(
          `You asked to return goods of order ${order.number}. Please keep them until we have answered; we write to you as soon as we have looked at it.`,
        ),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'What you want to return'),
      ],
      because,
    },
    links,
  )
}

export function returnApproved(order: EventData<'order.return_approved'>, links: Links): Mail {
  return compose(
    {
      subject: `Your return ${order.returnNumber} is approved`,
      preheader: 'How to send it back.',
      aside: order.returnNumber,
      blocks: [
        title('Please send it back'),
        paragraph(greeting(order.customerName)),
        paragraph(
          order.answer ??
            'Please pack the goods well, with everything that came with them, and send them to us.',
        ),
        facts([{ label: 'Write on the parcel', value: order.returnNumber }]),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'What you return'),
        ...exchanged(order),
      ],
      because,
    },
    links,
  )
}

/** What is held for the customer, or what becomes of the money. */
function exchanged({ exchange, totals }: EventData<'order.return_approved'>): Block[] {
  if (!exchange) return [smallPrint('Your money goes back the way you paid once the goods are with us.')]
  const { lines, toPayMinor, backMinor } = exchange
  return [
    facts(
      lines.map(({ name, optionsLabel, quantity }) => ({
        label: 'We hold for you',
        value: `${quantity} × ${oneLine([name, optionsLabel].filter((part) => part !== '').join(', '))}`,
      })),
    ),
    smallPrint(
      toPayMinor > 0
        ? `It leaves once the goods are with us and you have paid the difference of ${show(toPayMinor, totals.currency)}. We write to you then.`
        : backMinor > 0
          ? `It leaves once the goods are with us, and ${show(backMinor, totals.currency)} goes back the way you paid.`
          : 'It leaves once the goods are with us. You have nothing to pay.',
    ),
  ]
}

export function returnDeclined(order: EventData<'order.return_declined'>, links: Links): Mail {
  return compose(
    {
      subject: `Your return ${order.returnNumber} was declined`,
      preheader: `About your order ${order.number}.`,
      aside: order.returnNumber,
      blocks: [
        title('We cannot take this return'),
        paragraph(greeting(order.customerName)),
        paragraph(order.answer ?? 'Please ask us if you want to know more.'),
        button('View your order', links.order(order.orderId, order.accessToken)),
        orderLines(order, 'What you wanted to return'),
      ],
      because,
    },
    links,
  )
}

/** The goods are here; the mail about the money is that of the refund. */
export function returnReceived(
  order: RefundedOrder,
  back: EventData<'order.returned'> & { returnNumber: string },
  links: Links,
): Mail {
  const quantities = new Map<string, number>()
  for (const { name, sku, quantity } of back.lines) {
    const label = oneLine(name ?? sku)
    quantities.set(label, (quantities.get(label) ?? 0) + quantity)
  }
  return compose(
    {
      subject: `Your return ${back.returnNumber} has arrived`,
      preheader: `Order ${order.number}: the goods are with us.`,
      aside: back.returnNumber,
      blocks: [
        title('Your return has arrived'),
        paragraph(greeting(order.customerName)),
        paragraph(
          'Thank you, the goods are with us. We write to you again about your money, or about what you get instead.',
        ),
        facts([...quantities].map(([label, quantity]) => ({ label, value: String(quantity) }))),
        button('View your order', links.order(order.orderId, order.accessToken)),
      ],
      because,
    },
    links,
  )
}
