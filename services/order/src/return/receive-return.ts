import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import type { ReceiveReturn, ReturnDetail } from '../contract.ts'
import { isExchangeComplete } from '../exchange/exchange.ts'
import { endExchange, findOpenExchange, startExchange } from '../exchange/exchange-steps.ts'
import { continueFollowUpInBackground } from '../follow-up/continue-follow-up.ts'
import { actorOf } from '../order/access.ts'
import { changeReturn, loadReturn } from './change-return.ts'
import { receive } from './return.ts'
import { saveArrival, saveReturn } from './return-store.ts'

/**
 * Inventory hears of it and puts back what is restocked; the order moves as after any return. What is sent instead
 * is ordered now. When not all of it came that was to be exchanged, staff decide anew.
 */
export async function receiveReturnedGoods(ctx: OrderContext, input: ReceiveReturn): Promise<ReturnDetail> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'return.receive', id: input.id, input }
  await changeReturn(ctx, command, async (tx, order, current, others) => {
    const { received, change } = receive(order, current, actor, input.lines, input.note ?? null)
    await saveReturn(tx, received)
    await saveArrival(tx, received)
    if (!(await findOpenExchange(tx, current))) return change
    const exchanged = isExchangeComplete(received)
      ? await startExchange(ctx, tx, change.order, received, others)
      : await endExchange(ctx, tx, change.order, received)
    return {
      ...change,
      announces: [...change.announces, ...exchanged.announces],
      history: [...change.history, ...exchanged.history],
    }
  })
  faultPoint('return.received')
  const received = await loadReturn(ctx, input.id)
  if (received.exchange === null) return received
  await continueFollowUpInBackground(ctx, received.exchange.id)
  return await loadReturn(ctx, input.id)
}
