import { AppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { Draft, SaveDraft } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { requireOpen, requireOwn } from './draft.ts'
import { type DraftContent, findDraft, insertDraft, lockDraft, updateDraft } from './draft-store.ts'
import { priceDraft } from './price-draft.ts'
import { viewDraft } from './view-draft.ts'

const dayMs = 86_400_000

/** Makes a draft or edits one that nobody else changed meanwhile. Its prices hold until it expires. */
export async function saveDraft(ctx: OrderContext, input: SaveDraft): Promise<Draft> {
  const { name: actor } = actorOf(ctx.principal)
  const { lines, price, shipping } = await priceDraft(ctx, input, actor)
  const now = ctx.clock.now()
  const content: DraftContent = {
    id: input.id,
    email: input.email,
    shippingAddress: input.shippingAddress,
    shippingMethod: { code: shipping.code, name: shipping.name },
    currency: 'EUR',
    lines,
    price,
    note: input.note ?? null,
    expiresAt: new Date(now.getTime() + input.validDays * dayMs),
  }
  await once(ctx.db, { operation: 'draft.save', principal: ctx.principal, input }, async (tx) => {
    if (input.version === 0) {
      if (!(await insertDraft(tx, content, actor))) throw changedMeanwhile()
      return { id: input.id }
    }
    const current = await lockDraft(tx, input.id)
    if (!current) throw notFound('draft')
    requireOpen(current, now, { orExpired: true })
    requireOwn(current)
    if (current.version !== input.version) throw changedMeanwhile()
    await updateDraft(tx, content, actor)
    return { id: input.id }
  })
  const saved = await findDraft(ctx.db.sql, input.id)
  if (!saved) throw notFound('draft')
  return viewDraft(saved, now)
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'Somebody else changed this draft. Load it again.', {
    details: { reason: 'draft_changed' },
  })
}
