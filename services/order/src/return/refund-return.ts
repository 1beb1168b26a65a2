import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { formatMoney, money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { RefundReturn, ReturnDetail } from '../contract.ts'
import { requireNoExchange } from '../exchange/exchange-steps.ts'
import { actorOf } from '../order/access.ts'
import { changeReturn, loadReturn } from './change-return.ts'
import { propose, refOf, refund } from './return.ts'
import { saveReturn } from './return-store.ts'
import { settleInBackground } from './settle-return.ts'

/** Writes the amount down, then asks payment. The first refund has the return's own id, so a return is paid back once. */
export async function refundReturn(
  ctx: OrderContext,
  input: z.output<typeof RefundReturn>,
): Promise<ReturnDetail> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'return.refund', id: input.id, input }
  await changeReturn(ctx, command, async (tx, order, current, others) => {
    await requireNoExchange(tx, current)
    if (input.amount && input.amount.currency !== order.currency) {
      const message = `This order is in ${order.currency}.`
      throw new AppError('INVALID_INPUT', message, {
        details: { errors: [{ path: 'amount.currency', message }] },
      })
    }
    const decided = refund(current, propose(order, current, others), {
      amountMinor: input.amount?.amount,
      includesShipping: input.includesShipping,
      refundId: current.refundProblem === null ? current.id : newId(),
      refundTo: input.as !== 'credit' ? 'original' : order.userId === null ? 'gift_card' : 'store_credit',
    })
    await saveReturn(tx, decided)
    const isOver = decided.status === 'completed'
    const amount = formatMoney(money(decided.refundMinor ?? 0, order.currency))
    return {
      order,
      announces: [
        { name: isOver ? 'order.return_completed' : 'order.return_refunding', source: refOf(current) },
      ],
      history: [
        {
          type: isOver ? 'return_completed' : 'return_refunding',
          actor: actor.name,
          note: `${current.number}: ${isOver ? 'closed without a refund' : amount}`,
        },
      ],
    }
  })
  faultPoint('return.refund_decided')
  await settleInBackground(ctx, input.id)
  return await loadReturn(ctx, input.id)
}
