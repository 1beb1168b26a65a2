import type { z } from 'zod'
import type { PaymentContext } from '../context.ts'
import type { FindCredit, FoundCredit } from '../contract.ts'
import { unknownCode } from './check-gift-card.ts'
import { objectionTo } from './credit.ts'
import { hashCode, readCode } from './credit-code.ts'
import { findByCode, findStoreCredit } from './credit-store.ts'

/**
 * Which credits an order is to be paid from, so that the order keeps their ids and not the code. What is
 * on them is decided when the payment starts. The gift card comes first: it may expire.
 */
export async function findCreditToSpend(
  ctx: PaymentContext,
  input: z.output<typeof FindCredit>,
): Promise<FoundCredit> {
  const ids: string[] = []
  if (input.code !== undefined) {
    const plain = readCode(input.code)
    const card = plain && (await findByCode(ctx.db.sql, hashCode(plain, ctx.settings.giftCardSecret)))
    if (!card) return { status: 'refused', path: 'giftCardCode', message: unknownCode }
    const objection = objectionTo(card, input.currency, ctx.clock.now())
    if (objection !== undefined) return { status: 'refused', path: 'giftCardCode', message: objection }
    ids.push(card.id)
  }
  if (input.storeCreditOf !== undefined) {
    const credit = await findStoreCredit(ctx.db.sql, input.storeCreditOf, input.currency)
    if (!credit) return { status: 'refused', path: 'useStoreCredit', message: 'There is no store credit.' }
    const objection = objectionTo(credit, input.currency, ctx.clock.now())
    if (objection !== undefined) return { status: 'refused', path: 'useStoreCredit', message: objection }
    ids.push(credit.id)
  }
  return { status: 'found', ids }
}
