import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { findContact, lockOrders, parkRefund } from './contact-store.ts'
import type { NotificationContext } from './context.ts'
import { queueRefundMail } from './queue-refund-mail.ts'

/** The event says only which order it was: it waits until the order is known. */
export async function onPaymentRefunded(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'payment.refunded'>,
  tx: Sql,
): Promise<void> {
  await lockOrders(tx, [data.orderId])
  const contact = await findContact(tx, data.orderId)
  if (contact) await queueRefundMail(ctx, tx, { eventId: id, refund: data, contact })
  else await parkRefund(tx, { eventId: id, refund: data })
}
