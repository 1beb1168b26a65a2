import { notFound } from '@souk/kernel/errors'
import type { PaymentContext } from '../context.ts'
import type { Difference } from '../contract.ts'
import { settleByHand } from './difference-store.ts'

/** A person has seen to it. The same difference is not shown again; another one is. */
export async function settleDifference(
  ctx: PaymentContext,
  input: { id: string; note: string },
): Promise<Difference> {
  const settled = await settleByHand(ctx.db, input.id, input.note)
  if (!settled) throw notFound('difference')
  return settled
}
