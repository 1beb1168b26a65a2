import type { Sql } from '@souk/db/connect'
import { lockOrder, type OrderContact, takeParkedRefunds, writeContact } from './contact-store.ts'
import type { NotificationContext } from './context.ts'
import { queueRefundMail } from './queue-refund-mail.ts'

/** Remembers whom to write to about an order, and writes about refunds that were heard of before it. */
export async function knowOrder(ctx: NotificationContext, tx: Sql, contact: OrderContact): Promise<void> {
  await lockOrder(tx, contact.orderId)
  await writeContact(tx, contact)
  for (const { eventId, refund } of await takeParkedRefunds(tx, contact.orderId)) {
    await queueRefundMail(ctx, tx, { eventId, refund, contact })
  }
}
