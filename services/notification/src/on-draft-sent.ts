import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { draftSent } from './mails/draft-sent.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onDraftSent(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'draft.sent'>,
  tx: Sql,
): Promise<void> {
  await queueMessage(tx, {
    template: 'draft-sent',
    eventId: id,
    to: receiver(data.email, data.customerName),
    mail: draftSent(data, ctx.links),
    now: ctx.clock.now(),
  })
}
