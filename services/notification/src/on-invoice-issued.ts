import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { invoiceIssued } from './mails/invoice-issued.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

/** The document goes to the buyer as a PDF, made from its snapshot when the mail leaves. */
export async function onInvoiceIssued(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'invoice.issued'>,
  tx: Sql,
): Promise<void> {
  const { buyer } = data.document
  if (buyer.email === null) return
  await queueMessage(tx, {
    template: 'invoice-issued',
    eventId: id,
    orderId: data.orderId,
    to: receiver(buyer.email, buyer.name),
    mail: invoiceIssued(data, ctx.links),
    attachment: data.document,
    now: ctx.clock.now(),
  })
}
