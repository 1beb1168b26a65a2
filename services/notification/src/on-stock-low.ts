import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { stockLow } from './mails/stock-low.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

/** Only for shops that named a mailbox for it. */
export async function onStockLow(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'stock.low'>,
  tx: Sql,
): Promise<void> {
  if (ctx.staffMailbox === undefined) return
  await queueMessage(tx, {
    template: 'stock-low',
    eventId: id,
    to: receiver(ctx.staffMailbox, 'Staff'),
    mail: stockLow(data, ctx.links),
    now: ctx.clock.now(),
  })
}
