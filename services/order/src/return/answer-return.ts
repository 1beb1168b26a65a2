import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ApproveReturn, DeclineReturn, ReturnDetail } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeReturn, loadReturn } from './change-return.ts'
import { moveReturn, refOf } from './return.ts'
import { saveReturn } from './return-store.ts'

/** The customer may send the goods; the same answer again changes nothing. */
export async function approveReturn(
  ctx: OrderContext,
  input: z.output<typeof ApproveReturn>,
): Promise<ReturnDetail> {
  return await answer(ctx, 'approved', input.id, input.answer ?? null)
}

/** Also for goods that were approved and never came. */
export async function declineReturn(
  ctx: OrderContext,
  input: z.output<typeof DeclineReturn>,
): Promise<ReturnDetail> {
  return await answer(ctx, 'declined', input.id, input.answer)
}

async function answer(
  ctx: OrderContext,
  status: 'approved' | 'declined',
  id: string,
  words: string | null,
): Promise<ReturnDetail> {
  const actor = actorOf(ctx.principal)
  const command = { operation: `return.${status}`, id, input: { id, words } }
  await changeReturn(ctx, command, async (tx, order, current) => {
    if (current.status === status && current.answer === words) return undefined
    const answered = { ...moveReturn(current, status, 'staff'), answer: words }
    await saveReturn(tx, answered)
    const type = `return_${status}` as const
    return {
      order,
      announces: [{ name: `order.${type}`, source: refOf(current), lines: current.lines, answer: words }],
      history: [
        { type, actor: actor.name, note: [current.number, words].filter((part) => part !== null).join(': ') },
      ],
    }
  })
  return await loadReturn(ctx, id)
}
