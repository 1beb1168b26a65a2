import { formatMoney, money } from '@souk/kernel/money'
import { button, code, paragraph, smallPrint, title } from './blocks.ts'
import { compose } from './compose.ts'
import { greeting, type Links, type Mail, secretPlace } from './mail.ts'

/** The code takes the place of a placeholder when the mail leaves. */
export function giftCard(
  card: { amountMinor: number; currency: 'EUR'; expiresAt: string | null },
  links: Links,
): Mail {
  const amount = formatMoney(money(card.amountMinor, card.currency))
  const until =
    card.expiresAt === null ? 'It does not expire.' : `It is valid until ${card.expiresAt.slice(0, 10)}.`
  return compose(
    {
      subject: `A Souk gift card over ${amount}`,
      preheader: 'Enter the code at the checkout.',
      blocks: [
        title(`Your gift card over ${amount}`),
        paragraph(greeting('')),
        paragraph('Here is a gift card for Souk. Enter this code at the checkout:'),
        code(secretPlace),
        paragraph(`What an order does not use stays on the card. ${until}`),
        button('Visit the shop', links.products),
        smallPrint('Whoever has the code can spend it, so keep it like cash.'),
      ],
      because: 'You get this mail because a gift card was issued to your address.',
    },
    links,
  )
}
