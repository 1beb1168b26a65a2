import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { passwordChanged } from './mails/password-changed.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onPasswordChanged(
  ctx: NotificationContext,
  { id, data, occurredAt }: ShopEvent<'user.password_changed'>,
  tx: Sql,
): Promise<void> {
  await queueMessage(tx, {
    template: 'password-changed',
    eventId: id,
    to: receiver(data.email, data.name),
    mail: passwordChanged(data, new Date(occurredAt), ctx.links),
    now: ctx.clock.now(),
  })
}
