import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { unseal } from '@souk/service/seal'
import type { NotificationContext } from './context.ts'
import { giftCard } from './mails/gift-card.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

/** How long a mail that cannot leave keeps its code. */
const codeKeptMs = 7 * 24 * 3_600_000

export async function onGiftCardIssued(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'payment.gift_card_issued'>,
  tx: Sql,
): Promise<void> {
  const now = ctx.clock.now()
  await queueMessage(tx, {
    template: 'gift-card',
    eventId: id,
    to: receiver(data.email, ''),
    mail: giftCard(data, ctx.links),
    secret: {
      value: unseal(data.sealedCode, ctx.mailSealSecret),
      until: new Date(now.getTime() + codeKeptMs),
    },
    now,
  })
}
