import { AppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import type { PaymentContext } from '../context.ts'
import type { GiftCardBalance } from '../contract.ts'
import { objectionTo } from './credit.ts'
import { hashCode, readCode } from './credit-code.ts'
import { findByCode } from './credit-store.ts'

export const unknownCode = 'This is not the code of a gift card.'

/** What is on the card whose code somebody knows. */
export async function checkGiftCard(ctx: PaymentContext, input: { code: string }): Promise<GiftCardBalance> {
  const plain = readCode(input.code)
  const card = plain && (await findByCode(ctx.db.sql, hashCode(plain, ctx.settings.giftCardSecret)))
  if (!card) throw wrong(unknownCode)
  const objection = objectionTo(card, card.currency, ctx.clock.now())
  if (objection !== undefined) throw wrong(objection)
  return {
    last4: card.last4 ?? '',
    balance: money(card.balanceMinor, card.currency),
    expiresAt: card.expiresAt?.toISOString() ?? null,
  }
}

function wrong(sentence: string): AppError {
  const errors = [{ path: 'code', message: sentence }]
  return new AppError('INVALID_INPUT', sentence, { details: { reason: 'invalid_input', errors } })
}
