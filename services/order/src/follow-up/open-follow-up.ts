import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { FollowUpKind } from '../contract.ts'
import { insertDraft } from '../draft/draft-store.ts'
import { actorOf } from '../order/access.ts'
import type { Order } from '../order/order.ts'
import { dropFollowUp } from './drop-follow-up.ts'
import { type FollowUp, isHeld, payableUntil, planSteps } from './follow-up.ts'
import { findFollowUp, insertFollowUp } from './follow-up-store.ts'
import { holdGoods } from './hold-goods.ts'
import { type PricedFollowUp, priceFollowUp, type WantedLine } from './price-follow-up.ts'

export type WantedFollowUp = {
  /** That of the edit or of the return. */
  id: string
  kind: FollowUpKind
  origin: Order
  lines: readonly WantedLine[]
  /** What they cost, when the caller has a rule of his own for it. */
  priced?: PricedFollowUp
  shippingMinor?: number
  /** How long the goods are held for the customer at most. */
  holdDays: number
  note: string | null
  /** Where the caller's input has the lines. */
  path: string
}

const dayMs = 86_400_000
const attempts = 3

/**
 * Fixes the price of what is to follow and holds its goods, before anybody promises it. The same again finds
 * what it made. Who called promises it in his own transaction within a minute; otherwise the goods are let go.
 */
export async function openFollowUp(ctx: OrderContext, wanted: WantedFollowUp): Promise<FollowUp> {
  const requestHash = hashBody({
    kind: wanted.kind,
    originId: wanted.origin.id,
    lines: wanted.lines,
    shippingMinor: wanted.shippingMinor ?? 0,
  })
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = await findFollowUp(ctx.db.sql, wanted.id)
    if (known?.promisedAt) {
      if (known.requestHash === requestHash) return known
      throw new AppError('CONFLICT', 'This id is taken. Use a new one.', { details: { reason: 'id_taken' } })
    }
    if (known && (known.state === 'ended' || known.requestHash !== requestHash)) {
      await dropFollowUp(ctx, known)
      continue
    }
    const preparing = known ?? (await prepare(ctx, wanted, requestHash))
    faultPoint('followup.prepared')
    if (preparing) return await holdNow(ctx, preparing, wanted)
  }
  throw new AppError('CONFLICT', 'Somebody else is changing this. Please try again.')
}

async function prepare(
  ctx: OrderContext,
  wanted: WantedFollowUp,
  requestHash: string,
): Promise<FollowUp | undefined> {
  const { name: actor } = actorOf(ctx.principal)
  const { origin } = wanted
  const priced =
    wanted.priced ??
    (await priceFollowUp(ctx, origin, {
      lines: wanted.lines,
      shippingMinor: wanted.shippingMinor ?? 0,
      path: wanted.path,
      actor,
    }))
  const now = ctx.clock.now()
  const holdUntil = new Date(now.getTime() + wanted.holdDays * dayMs)
  const [draftId, orderId] = [newId(), newId()]
  const isMade = await ctx.db
    .transaction(async (tx) => {
      await insertDraft(tx, draftOf(draftId, wanted, priced, payableUntil(holdUntil)), actor)
      const isNew = await insertFollowUp(tx, {
        id: wanted.id,
        originId: origin.id,
        kind: wanted.kind,
        draftId,
        orderId,
        state: 'preparing',
        reason: null,
        movesMinor: 0,
        isCod: false,
        steps: planSteps(orderId, wanted.id, now, holdUntil),
        holdUntil,
        promisedAt: null,
        isDone: false,
        requestHash,
        createdBy: actor,
      })
      // Somebody else prepares the same: nothing of ours is kept.
      if (!isNew) throw new Taken()
      return true
    })
    .catch((error: unknown) => {
      if (error instanceof Taken) return false
      throw error
    })
  return isMade ? await findFollowUp(ctx.db.sql, wanted.id) : undefined
}

class Taken extends Error {}

function draftOf(
  id: string,
  { origin, note }: WantedFollowUp,
  { lines, price }: PricedFollowUp,
  expiresAt: Date,
) {
  const { email, shippingAddress, shippingMethod, currency } = origin
  return { id, email, shippingAddress, shippingMethod, currency, lines, price, note, expiresAt }
}

async function holdNow(
  ctx: OrderContext,
  preparing: FollowUp,
  { lines, path }: Pick<WantedFollowUp, 'lines' | 'path'>,
): Promise<FollowUp> {
  if (isHeld(preparing)) return preparing
  const held = await holdGoods(ctx, preparing)
  if (held.status === 'held') return held.followUp
  await dropFollowUp(ctx, preparing)
  const errors = held.lines.map(({ sku, available }) => ({
    path: `${path}.${lines.findIndex((line) => line.sku === sku)}.quantity`,
    message: available > 0 ? `Only ${available} of ${sku} are left` : `${sku} is sold out`,
  }))
  throw new AppError(
    'CONFLICT',
    `Not enough is in stock. ${errors.map(({ message }) => message).join('. ')}.`,
    {
      details: { reason: 'out_of_stock', lines: held.lines, errors },
    },
  )
}
