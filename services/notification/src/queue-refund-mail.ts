import type { Sql } from '@souk/db/connect'
import type { OrderContact } from './contact-store.ts'
import type { NotificationContext } from './context.ts'
import { orderRefunded, type Refund } from './mails/order-refunded.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

/** One mail per refund. An order that never had a customer we know gets none. */
export async function queueRefundMail(
  ctx: NotificationContext,
  tx: Sql,
  { eventId, refund, contact }: { eventId: string; refund: Refund; contact: OrderContact },
): Promise<void> {
  if (contact.email === null) {
    ctx.log.info({ orderId: contact.orderId }, 'a refund of an order without a contact; no mail')
    return
  }
  const order = { ...contact, customerName: contact.customerName ?? '' }
  await queueMessage(tx, {
    template: 'order-refunded',
    eventId,
    orderId: contact.orderId,
    to: receiver(contact.email, order.customerName),
    mail: orderRefunded(order, refund, ctx.links),
    now: ctx.clock.now(),
  })
}
