import type { EventData } from '@souk/events/catalog'
import { button, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, orderTotals, show } from './order-blocks.ts'

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

export function draftSent(draft: EventData<'draft.sent'>, links: Links): Mail {
  const until = days.format(new Date(draft.expiresAt))
  const total = show(draft.totals.totalMinor, draft.totals.currency)
  return compose(
    {
      subject: `Your order ${draft.number} is ready to be paid`,
      preheader: `${total}, good until ${until}.`,
      aside: draft.number,
      blocks: [
        title('Your order is ready to be paid'),
        paragraph(greeting(draft.customerName)),
        paragraph(`We have put an order together for you. Look at it and pay; then we send it.`),
        ...(draft.note === null ? [] : [paragraph(draft.note)]),
        button('Look at it and pay', links.draft(draft.draftId, draft.draftToken)),
        orderLines(draft),
        orderTotals(draft),
        smallPrint(`These prices are good until ${until}. Nothing is ordered before you have paid.`),
      ],
      because: 'You get this mail because somebody at Souk put an order together for you.',
    },
    links,
  )
}
