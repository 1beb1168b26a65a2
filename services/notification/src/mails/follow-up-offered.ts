import type { EventData } from '@souk/events/catalog'
import { button, facts, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail } from './mail.ts'
import { orderLines, show } from './order-blocks.ts'

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** For what was added to an order, or is sent instead of what came back, when something is left to pay. */
export function followUpOffered(offer: EventData<'order.follow_up_offered'>, links: Links): Mail {
  const { number, kind, currency } = offer
  const toPay = show(offer.toPayMinor, currency)
  const until = days.format(new Date(offer.expiresAt))
  const isExchange = kind === 'exchange'
  const moved =
    offer.movedMinor === 0
      ? []
      : [
          {
            label: isExchange ? 'From what you sent back' : 'From your order',
            value: `−${show(offer.movedMinor, currency)}`,
          },
        ]
  return compose(
    {
      subject: isExchange
        ? `Your exchange for order ${number}: ${toPay} to pay`
        : `Your order ${number} was changed: ${toPay} to pay`,
      preheader: `${toPay}, good until ${until}.`,
      aside: number,
      blocks: [
        title(isExchange ? 'Your exchange is ready' : 'Your order was changed'),
        paragraph(greeting(offer.customerName)),
        paragraph(
          isExchange
            ? `What you asked for instead is set aside for you. Pay the difference and we send it.`
            : `We changed your order as agreed. What was added is set aside for you. Pay the difference and we send it.`,
        ),
        ...(offer.note === null ? [] : [paragraph(offer.note)]),
        button(`Pay ${toPay}`, links.draft(offer.draftId, offer.draftToken)),
        orderLines({ lines: offer.lines, totals: { currency } }, isExchange ? 'Instead' : 'Added'),
        facts([
          { label: 'Total', value: show(offer.totalMinor, currency) },
          ...moved,
          { label: 'To pay', value: toPay },
        ]),
        smallPrint(
          `This is good until ${until}. If you do not pay, nothing is sent${offer.movedMinor === 0 ? '' : ', and what was to be moved goes back to you'}.`,
        ),
      ],
      because: 'You get this mail because you placed an order at Souk.',
    },
    links,
  )
}
