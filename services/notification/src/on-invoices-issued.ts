import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { invoiceIssued } from './mails/invoice-issued.ts'
import { type NewMessage, queueMessages } from './message-store.ts'
import { receiver } from './receiver.ts'

/** The documents go to their buyers as PDF, made from the snapshot when the mail leaves. */
export async function onInvoicesIssued(
  ctx: NotificationContext,
  events: readonly ShopEvent<'invoice.issued'>[],
  tx: Sql,
): Promise<void> {
  const mails = events.flatMap(({ id, data }): NewMessage[] => {
    const { buyer } = data.document
    if (buyer.email === null) return []
    return [
      {
        template: 'invoice-issued',
        eventId: id,
        orderId: data.orderId,
        to: receiver(buyer.email, buyer.name),
        mail: invoiceIssued(data, ctx.links),
        attachment: data.document,
        now: ctx.clock.now(),
      },
    ]
  })
  if (mails.length > 0) await queueMessages(tx, mails)
}
