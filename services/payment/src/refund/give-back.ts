import { newId } from '@souk/kernel/id'
import type { PaymentContext } from '../context.ts'
import { leftMinor, needOf, type PaymentRecord } from '../payment/payment.ts'
import { lockPayment, stopChecking } from '../payment/payment-store.ts'
import { mostAutomaticRefunds, type RefundRecord, splitRefund } from './refund.ts'
import { countAutomaticRefunds } from './refund-store.ts'
import { reserveRefund } from './refund-to-credit.ts'
import { sendRefund } from './send-refund.ts'

/** Refunds all that is left of a payment whose order is over. What is reserved under the row lock is refunded once. */
export async function giveBack(ctx: PaymentContext, payment: PaymentRecord): Promise<PaymentRecord> {
  const reserved = await ctx.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.id)
    if (!locked || needOf(locked, ctx.clock.now()) !== 'give_back') return undefined
    if ((await countAutomaticRefunds(tx, payment.id)) >= mostAutomaticRefunds) return 'too_often' as const
    const { amountMinor, creditMinor } = splitRefund(locked, leftMinor(locked), 'original')
    const reserve = async (part: { amountMinor: number; creditMinor: number }) =>
      await reserveRefund(tx, locked, {
        id: newId(),
        ...part,
        creditId: null,
        reason: locked.closedReason ?? 'The payment came after it had ended.',
        requestedBy: 'system',
        requestHash: '',
        checkInMs: ctx.settings.providerTimeoutMs + 1000,
      })
    // Credit goes back whatever the provider says.
    if (creditMinor > 0) await reserve({ amountMinor: 0, creditMinor })
    const refund = amountMinor > 0 ? await reserve({ amountMinor, creditMinor: 0 }) : undefined
    return { locked, refund }
  })
  if (reserved === 'too_often') {
    ctx.log.error({ paymentId: payment.id }, 'the provider keeps refusing to refund; a person has to look')
    await stopChecking(ctx.db, payment)
    return payment
  }
  if (reserved) ctx.bus.wake()
  if (reserved?.refund) await sendFor(ctx, reserved.locked, reserved.refund)
  return payment
}

async function sendFor(ctx: PaymentContext, payment: PaymentRecord, refund: RefundRecord): Promise<void> {
  const sent = await sendRefund(ctx, payment, refund)
  ctx.log.info({ paymentId: payment.id, refundId: sent.id, status: sent.status }, 'gave money back')
}
