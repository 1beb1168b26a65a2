import { AppError, notFound } from '@souk/kernel/errors'
import { hashBody, keyReused, once } from '@souk/service/idempotency'
import { actorName } from '../actor-name.ts'
import type { PaymentContext } from '../context.ts'
import type { IssuedGiftCard, IssueGiftCard } from '../contract.ts'
import { codeOf } from './credit-code.ts'
import { findCredit } from './credit-store.ts'
import { toCreditView } from './credit-view.ts'
import { moveCredit } from './ledger-store.ts'
import { writeGiftCard } from './write-gift-card.ts'

/** The same id, or the same Idempotency-Key, is the same card and shows the same code. */
export async function issueGiftCard(ctx: PaymentContext, input: IssueGiftCard): Promise<IssuedGiftCard> {
  const { id, ...asked } = input
  const requestHash = hashBody(asked)
  const issuedBy = actorName(ctx.principal)
  const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt)
  if (expiresAt !== null && expiresAt <= ctx.clock.now()) throw inThePast()
  const command = { operation: 'credit.issue', principal: ctx.principal, input: asked }
  const { creditId } = await once(ctx.db, command, async (tx) => {
    const isNew = await writeGiftCard(ctx, tx, {
      id,
      currency: input.amount.currency,
      expiresAt,
      note: input.note ?? null,
      recipientEmail: input.recipientEmail ?? null,
      issuedBy,
      requestHash,
      amountMinor: input.amount.amount,
    })
    const move = { creditId: id, amountMinor: input.amount.amount, sourceId: id, orderId: null }
    if (isNew) await moveCredit(tx, { ...move, verb: 'issue', actor: issuedBy, note: input.note ?? null })
    return { creditId: id }
  })
  ctx.bus.wake()
  const card = await findCredit(ctx.db.sql, creditId)
  if (!card) throw notFound('gift card')
  if (card.requestHash !== requestHash || card.issuedBy !== issuedBy) throw keyReused()
  return { ...toCreditView(card, ctx.clock.now()), code: codeOf(card.id, ctx.settings.giftCardSecret) }
}

function inThePast(): AppError {
  const sentence = 'The last day must be in the future.'
  return new AppError('INVALID_INPUT', sentence, {
    details: { reason: 'invalid_input', errors: [{ path: 'expiresAt', message: sentence }] },
  })
}
