import { newId } from '@souk/kernel/id'
import type { PaymentContext } from '../context.ts'
import { leftMinor, needOf, type PaymentRecord } from '../payment/payment.ts'
import { lockPayment, stopChecking } from '../payment/payment-store.ts'
import { mostAutomaticRefunds, type RefundRecord } from './refund.ts'
import { countAutomaticRefunds, insertRefund } from './refund-store.ts'
import { sendRefund } from './send-refund.ts'

/** Refunds all that is left of a payment whose order is over. What is reserved under the row lock is refunded once. */
export async function giveBack(ctx: PaymentContext, payment: PaymentRecord): Promise<PaymentRecord> {
  const reserved = await ctx.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.id)
    if (!locked || needOf(locked, ctx.clock.now()) !== 'give_back') return undefined
    if ((await countAutomaticRefunds(tx, payment.id)) >= mostAutomaticRefunds) return 'too_often' as const
    const refund = await insertRefund(tx, locked, {
      id: newId(),
      amountMinor: leftMinor(locked),
      reason: locked.closedReason ?? 'The payment came after it had ended.',
      requestedBy: 'system',
      requestHash: '',
      checkInMs: ctx.settings.providerTimeoutMs + 1000,
    })
    return { locked, refund }
  })
  if (reserved === 'too_often') {
    ctx.log.error({ paymentId: payment.id }, 'the provider keeps refusing to refund; a person has to look')
    await stopChecking(ctx.db, payment)
    return payment
  }
  if (reserved) await sendFor(ctx, reserved.locked, reserved.refund)
  return payment
}

async function sendFor(ctx: PaymentContext, payment: PaymentRecord, refund: RefundRecord): Promise<void> {
  const sent = await sendRefund(ctx, payment, refund)
  ctx.log.info({ paymentId: payment.id, refundId: sent.id, status: sent.status }, 'gave money back')
}
