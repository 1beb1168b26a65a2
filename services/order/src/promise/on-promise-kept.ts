import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { OrderContext } from '../context.ts'
import { changeWhileLocked } from '../order/change-order.ts'
import { arrive } from './promise.ts'
import { saveArrival } from './promise-store.ts'

export async function onPromiseKept(
  ctx: OrderContext,
  event: ShopEvent<'stock.promise_kept'>,
  tx: Sql,
): Promise<void> {
  await changeWhileLocked(tx, event.data.orderId, ctx.settings.orderTokenSecret, async (locked, order) => {
    await saveArrival(locked, event.data)
    return arrive(order, event.data)
  })
}
