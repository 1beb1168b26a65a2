import { AppError } from '@souk/kernel/errors'
import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import { findDraft } from '../draft/draft-store.ts'
import { type FollowUp, noteFollowUpStep } from './follow-up.ts'
import { findFollowUp, saveFollowUp } from './follow-up-store.ts'

type Held =
  | { status: 'held'; followUp: FollowUp }
  | { status: 'short'; lines: { sku: string; requested: number; available: number }[] }

/** Holds the goods under the id of the order they are for, which the placing of that order finds again. */
export async function holdGoods(ctx: OrderContext, followUp: FollowUp): Promise<Held> {
  const draft = await findDraft(ctx.db.sql, followUp.draftId)
  if (!draft) throw new Error(`Follow-up ${followUp.id} has no draft`)
  const now = ctx.clock.now()
  const reserved = await ctx.inventory.stock.reserve.mutate({
    orderId: followUp.orderId,
    lines: draft.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ttlSeconds: Math.max(60, Math.ceil((followUp.holdUntil.getTime() - now.getTime()) / 1000)),
  })
  faultPoint('followup.held')
  if (reserved.status === 'out_of_stock') return { status: 'short', lines: reserved.lines }
  if (reserved.status === 'ended') {
    const lines = draft.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }))
    return { status: 'short', lines }
  }
  const noted = noteFollowUpStep(followUp, 'hold', reserved.status, now)
  if (await saveFollowUp(ctx.db.sql, noted))
    return { status: 'held', followUp: await again(ctx, followUp.id) }
  const current = await again(ctx, followUp.id)
  if (current.orderId === followUp.orderId) return { status: 'held', followUp: current }
  throw new AppError('CONFLICT', 'Somebody else is changing this. Please try again.')
}

async function again(ctx: OrderContext, id: string): Promise<FollowUp> {
  const followUp = await findFollowUp(ctx.db.sql, id)
  if (followUp) return followUp
  throw new AppError('CONFLICT', 'This was withdrawn meanwhile.')
}
