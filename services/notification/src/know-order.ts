import type { Sql } from '@souk/db/connect'
import { lockOrders, type OrderContact, takeParkedRefunds, writeContacts } from './contact-store.ts'
import type { NotificationContext } from './context.ts'
import { queueRefundMail } from './queue-refund-mail.ts'

/** Remembers whom to write to about an order, and writes about refunds that were heard of before it. */
export async function knowOrder(ctx: NotificationContext, tx: Sql, contact: OrderContact): Promise<void> {
  await knowOrders(ctx, tx, [contact])
}

export async function knowOrders(
  ctx: NotificationContext,
  tx: Sql,
  told: readonly OrderContact[],
): Promise<void> {
  const contacts = new Map(told.map((contact) => [contact.orderId, contact]))
  const orderIds = [...contacts.keys()]
  await lockOrders(tx, orderIds)
  await writeContacts(tx, [...contacts.values()])
  for (const { eventId, refund } of await takeParkedRefunds(tx, orderIds)) {
    const contact = contacts.get(refund.orderId)
    if (contact) await queueRefundMail(ctx, tx, { eventId, refund, contact })
  }
}
