import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { show } from './order-blocks.ts'

export function invoiceIssued(data: EventData<'invoice.issued'>, links: Links): Mail {
  const { document } = data
  const isCredit = document.kind === 'credit_note'
  const name = isCredit ? 'credit note' : 'invoice'
  const amount = show(document.totalMinor, document.currency)
  return compose(
    {
      subject: `Your ${name} ${document.number} for order ${document.orderNumber}`,
      preheader: `${amount}. The PDF is attached.`,
      aside: document.number,
      blocks: [
        title(`Your ${name}`),
        paragraph(greeting(document.buyer.name)),
        paragraph(
          `The ${name} ${document.number} for your order ${document.orderNumber} is attached as a PDF.`,
        ),
        facts([
          { label: isCredit ? 'Credited' : 'Total', value: amount },
          { label: 'Tax included', value: show(document.taxMinor, document.currency) },
          ...(document.invoiceNumber === null
            ? []
            : [{ label: 'For invoice', value: document.invoiceNumber }]),
        ]),
        button('View your order', links.order(data.orderId, data.accessToken)),
        smallPrint('You can download it again on the order page at any time.'),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
