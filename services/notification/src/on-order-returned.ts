import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { findContact } from './contact-store.ts'
import type { NotificationContext } from './context.ts'
import { returnReceived } from './mails/return-mail.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

/** Only goods that the customer announced: what staff took in by themselves is nobody's news. */
export async function onOrderReturned(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.returned'>,
  tx: Sql,
): Promise<void> {
  const { returnNumber } = data
  const contact = await findContact(tx, data.orderId)
  if (returnNumber === undefined || !contact || contact.email === null) return
  const order = { ...contact, customerName: contact.customerName ?? '' }
  await queueMessage(tx, {
    template: 'return-received',
    eventId: id,
    orderId: data.orderId,
    to: receiver(contact.email, order.customerName),
    mail: returnReceived(order, { ...data, returnNumber }, ctx.links),
    now: ctx.clock.now(),
  })
}
