import type { OrderContext } from '../context.ts'
import type { ReceiveReturn, ReturnDetail } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeReturn, loadReturn } from './change-return.ts'
import { receive } from './return.ts'
import { saveArrival, saveReturn } from './return-store.ts'

/** Inventory hears of it and puts back what is restocked; the order moves as after any return. */
export async function receiveReturnedGoods(ctx: OrderContext, input: ReceiveReturn): Promise<ReturnDetail> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'return.receive', id: input.id, input }
  await changeReturn(ctx, command, async (tx, order, current) => {
    const { received, change } = receive(order, current, actor, input.lines, input.note ?? null)
    await saveReturn(tx, received)
    await saveArrival(tx, received)
    return change
  })
  return await loadReturn(ctx, input.id)
}
