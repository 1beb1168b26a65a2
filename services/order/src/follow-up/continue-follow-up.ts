import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import { backgroundScope, runInRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import type { FollowUpReason } from '../contract.ts'
import type { Draft } from '../draft/draft.ts'
import { findDraft, lockDraft } from '../draft/draft-store.ts'
import { orderDraft } from '../draft/order-draft.ts'
import { settleEditInBackground } from '../edit/settle-edit.ts'
import { changeWhileLocked } from '../order/change-order.ts'
import { type Change, type Order, system } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import { goOn } from '../order/place-order.ts'
import { dropFollowUp, releaseGoods } from './drop-follow-up.ts'
import { endFollowUp } from './end-follow-up.ts'
import {
  type FollowUp,
  moveFollowUp,
  type NextOfFollowUp,
  nextOf,
  noteFollowUpStep,
  owedMinor,
  tryAgain,
} from './follow-up.ts'
import { claimFollowUps, findFollowUp, saveFollowUp } from './follow-up-store.ts'
import { holdGoods } from './hold-goods.ts'
import { afterFollowUp } from './over.ts'

const batch = 20
/** More steps than one after another ever are; what is left is the job's. */
const turns = 8

/** Goes on with follow-ups whose process died, whose order has news, or whose time is over. */
export async function sweepFollowUps(ctx: OrderContext): Promise<void> {
  for (;;) {
    const ids = await claimFollowUps(ctx.db.sql, batch)
    await Promise.all(ids.map(async (id) => await continueFollowUpInBackground(ctx, id)))
    if (ids.length < batch) return
  }
}

/** As this service, with no key of a person's request. */
export async function continueFollowUpInBackground(ctx: OrderContext, id: string): Promise<void> {
  await runInRequest(backgroundScope('order', id), async () => {
    try {
      await continueFollowUp(ctx, id)
    } catch (error) {
      ctx.log.warn({ err: error, followUpId: id }, 'a follow-up will be gone on with')
    }
  })
}

/** Takes a follow-up as far as it goes now. Every step can be repeated, and beside another instance one of them saves. */
export async function continueFollowUp(ctx: OrderContext, id: string): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const followUp = await findFollowUp(ctx.db.sql, id)
    if (!followUp || followUp.isDone) return
    const draft = await findDraft(ctx.db.sql, followUp.draftId)
    const origin = await findOrder(ctx.db.sql, followUp.originId)
    if (!draft || !origin) return
    const next = nextOf(followUp, {
      order: await findOrder(ctx.db.sql, followUp.orderId),
      isOriginOver: origin.status === 'cancelled',
      owedMinor: owedMinor(followUp, draft.price.totalMinor),
      expiresAt: draft.expiresAt,
      now: ctx.clock.now(),
    })
    if (next.do === 'wait') return
    await take(ctx, next, { followUp, draft })
  }
}

type Known = { followUp: FollowUp; draft: Draft }

async function take(ctx: OrderContext, next: NextOfFollowUp, known: Known): Promise<void> {
  const { followUp } = known
  switch (next.do) {
    case 'hold': {
      const held = await holdGoods(ctx, followUp)
      if (held.status === 'short') await end(ctx, known, 'out_of_stock')
      return
    }
    case 'place':
      return await place(ctx, followUp)
    case 'note_placed':
      return await notePlaced(ctx, followUp)
    case 'try_again': {
      await ctx.inventory.stock.release.mutate({
        orderId: followUp.orderId,
        reason: 'The payment was refused',
      })
      await saveLocked(ctx, followUp, (current) => tryAgain(current, newId()))
      return
    }
    case 'release':
      return await releaseGoods(ctx, followUp, ctx.clock.now())
    case 'end':
      return next.reason === 'not_promised'
        ? await dropFollowUp(ctx, followUp)
        : await end(ctx, known, next.reason)
    case 'wait':
      return
  }
}

/** Nothing is left to pay: it needs no customer. */
async function place(ctx: OrderContext, followUp: FollowUp): Promise<void> {
  const outcome = await orderDraft(ctx, {
    draftId: followUp.draftId,
    payBy: { type: followUp.isCod ? 'cod' : 'credit' },
    expectedTotalMinor: undefined,
    bodyHash: followUp.requestHash,
    userId: null,
  })
  faultPoint('followup.ordered')
  if (outcome.status === 'inserted') await goOn(ctx, outcome.order)
}

async function notePlaced(ctx: OrderContext, { id, originId }: FollowUp): Promise<void> {
  await finish(ctx, { id, originId }, async (tx, origin) => {
    const current = await lockedFollowUp(tx, id)
    const order = current && (await findOrder(tx, current.orderId))
    if (current?.state !== 'started' || !order?.confirmedAt) return undefined
    const noted = noteFollowUpStep(moveFollowUp(current, 'placed'), 'pay', order.status, ctx.clock.now())
    const placed = { ...noted, isDone: true }
    if (!(await saveFollowUp(tx, placed))) return undefined
    return await afterFollowUp(tx, origin, placed, { number: order.number, actor: system })
  })
}

async function end(ctx: OrderContext, { followUp, draft }: Known, reason: FollowUpReason): Promise<void> {
  await finish(ctx, followUp, async (tx, origin) => {
    const ended = await endFollowUp(tx, followUp.id, { reason, actor: system.name, now: ctx.clock.now() })
    return ended && (await afterFollowUp(tx, origin, ended, { number: draft.number, actor: system }))
  })
}

/** Ends it and settles its origin in one transaction; the money that goes back follows at once. */
async function finish(
  ctx: OrderContext,
  { id, originId }: Pick<FollowUp, 'id' | 'originId'>,
  work: (tx: Sql, origin: Order) => Promise<Change | undefined>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await changeWhileLocked(tx, originId, ctx.settings.orderTokenSecret, work)
  })
  ctx.bus.wake()
  faultPoint('followup.over')
  await settleEditInBackground(ctx, id)
}

async function lockedFollowUp(tx: Sql, id: string): Promise<FollowUp | undefined> {
  const known = await findFollowUp(tx, id)
  if (known) await lockDraft(tx, known.draftId)
  return known && (await findFollowUp(tx, id))
}

/** Nothing when somebody else was faster. */
async function saveLocked(
  ctx: OrderContext,
  { id, version }: FollowUp,
  change: (current: FollowUp) => FollowUp,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const current = await lockedFollowUp(tx, id)
    if (current?.version === version) await saveFollowUp(tx, change(current))
  })
}
