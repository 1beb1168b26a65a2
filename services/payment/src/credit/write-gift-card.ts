import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { seal } from '@souk/service/seal'
import type { PaymentContext } from '../context.ts'
import { codeOf, hashCode, readCode } from './credit-code.ts'
import { insertGiftCard, type NewGiftCard } from './credit-store.ts'

type Card = Omit<NewGiftCard, 'codeHash' | 'last4'> & { amountMinor: number }

/** Writes a gift card with nothing on it yet, and has its code mailed. False when the id is taken. */
export async function writeGiftCard(ctx: PaymentContext, tx: Sql, card: Card): Promise<boolean> {
  const { giftCardSecret, mailSealSecret } = ctx.settings
  const code = codeOf(card.id, giftCardSecret)
  const codeHash = hashCode(readCode(code) ?? code, giftCardSecret)
  const last4 = code.slice(-4)
  if (!(await insertGiftCard(tx, { ...card, codeHash, last4 }))) return false
  if (card.recipientEmail === null) return true
  await record(tx, [
    shopEvent('payment.gift_card_issued', card.id, 1, {
      creditId: card.id,
      email: card.recipientEmail,
      sealedCode: seal(code, mailSealSecret),
      last4,
      amountMinor: card.amountMinor,
      currency: card.currency,
      expiresAt: card.expiresAt?.toISOString() ?? null,
    }),
  ])
  return true
}
