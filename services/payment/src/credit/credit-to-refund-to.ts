import type { Sql } from '@souk/db/connect'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { actorName } from '../actor-name.ts'
import type { PaymentContext } from '../context.ts'
import type { CreateRefund } from '../contract.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import { openStoreCredit } from './credit-store.ts'
import { writeGiftCard } from './write-gift-card.ts'

/** Where a refund as credit goes: the customer's store credit, or a new gift card. Nothing for the way it was paid. */
export async function creditToRefundTo(
  ctx: PaymentContext,
  tx: Sql,
  payment: PaymentRecord,
  input: CreateRefund,
  amountMinor: number,
): Promise<string | null> {
  const { currency, userId } = payment
  const issuedBy = actorName(ctx.principal)
  switch (input.to) {
    case undefined:
    case 'original':
      return null
    case 'store_credit': {
      if (userId === null)
        throw refused('to', 'This order has no customer account. Give the money back as a gift card.')
      return (await openStoreCredit(tx, { id: newId(), userId, currency, issuedBy })).id
    }
    case 'gift_card': {
      if (input.recipientEmail === undefined) throw refused('recipientEmail', 'Who gets the gift card?')
      const id = newId()
      await writeGiftCard(ctx, tx, {
        id,
        currency,
        expiresAt: null,
        note: input.reason,
        recipientEmail: input.recipientEmail,
        issuedBy,
        requestHash: '',
        amountMinor,
      })
      return id
    }
  }
}

function refused(path: string, sentence: string): AppError {
  return new AppError('INVALID_INPUT', sentence, {
    details: { reason: 'invalid_input', errors: [{ path, message: sentence }] },
  })
}
