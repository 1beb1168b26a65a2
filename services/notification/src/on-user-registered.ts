import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { welcome } from './mails/welcome.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onUserRegistered(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'user.registered'>,
  tx: Sql,
): Promise<void> {
  await queueMessage(tx, {
    template: 'welcome',
    eventId: id,
    to: receiver(data.email, data.name),
    mail: welcome(data, ctx.links),
    now: ctx.clock.now(),
  })
}
