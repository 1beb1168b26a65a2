import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, title } from './blocks.ts'
import { compose } from './compose.ts'
import type { Links, Mail } from './mail.ts'

export function stockLow(stock: EventData<'stock.low'>, links: Links): Mail {
  const { sku, available, threshold } = stock
  const isOut = available <= 0
  const url = links.stock(sku)
  return compose(
    {
      subject: isOut ? `Sold out: ${sku}` : `Stock is low: ${sku}, ${available} available`,
      preheader: `The threshold is ${threshold}.`,
      aside: 'For staff',
      blocks: [
        title(isOut ? 'Sold out' : 'Stock is low'),
        paragraph(
          isOut
            ? `Nothing of ${sku} is available any more. Shoppers see it as sold out.`
            : `Of ${sku} only ${available} can still be sold. It is time to order more.`,
        ),
        facts([
          { label: 'SKU', value: sku },
          { label: 'Available', value: String(available) },
          { label: 'Threshold', value: String(threshold) },
        ]),
        ...(url === undefined ? [] : [button('Open in the admin', url)]),
      ],
      because: 'This mail goes to the staff mailbox of the shop.',
    },
    links,
  )
}
