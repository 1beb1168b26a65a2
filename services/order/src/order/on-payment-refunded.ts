import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { formatMoney, money } from '@souk/kernel/money'
import type { OrderContext } from '../context.ts'
import { noteEditRefund } from '../edit/edit-store.ts'
import { changeInTransaction } from './change-order.ts'
import { noteRefund } from './order.ts'

export async function onPaymentRefunded(
  ctx: OrderContext,
  event: ShopEvent<'payment.refunded'>,
  tx: Sql,
): Promise<void> {
  const { orderId, refundId, refundedTotalMinor, amountMinor, currency, reason } = event.data
  const note = `${formatMoney(money(amountMinor, currency))}: ${reason}`
  // The total of an edited order does not contain what the edit gave back.
  const byEditsMinor = await noteEditRefund(tx, orderId, { id: refundId, amountMinor })
  await changeInTransaction(tx, orderId, ctx.settings.orderTokenSecret, (order) =>
    noteRefund(order, refundedTotalMinor - byEditsMinor, note),
  )
}
