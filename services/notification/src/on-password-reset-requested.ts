import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { RESET_TOKEN_SECONDS } from '@souk/identity/contract'
import type { NotificationContext } from './context.ts'
import { passwordReset } from './mails/password-reset.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onPasswordResetRequested(
  ctx: NotificationContext,
  { id, data, occurredAt }: ShopEvent<'user.password_reset_requested'>,
  tx: Sql,
): Promise<void> {
  const until = new Date(Date.parse(occurredAt) + RESET_TOKEN_SECONDS * 1000)
  // A link that is dead on arrival would only confuse.
  if (until <= ctx.clock.now()) return
  await queueMessage(tx, {
    template: 'password-reset',
    eventId: id,
    to: receiver(data.email, data.name),
    mail: passwordReset(data, ctx.links),
    secret: { value: data.resetToken, until },
    now: ctx.clock.now(),
  })
}
