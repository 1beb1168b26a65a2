import { newId } from '@souk/kernel/id'
import { leftMinor } from '../balance/balance.ts'
import type { PaymentContext } from '../context.ts'
import { needOf, type PaymentRecord } from '../payment/payment.ts'
import { lockPayment, neverCameAbout, stopChecking } from '../payment/payment-store.ts'
import { advanceRefund } from './advance-refund.ts'
import { mostAutomaticRefunds, type RefundRecord, splitRefund } from './refund.ts'
import { countAutomaticRefunds, type NewRefund } from './refund-store.ts'
import { reserveRefund } from './refund-to-credit.ts'
import { returnTransfer } from './return-transfer.ts'

const nothing = { amountMinor: 0, creditMinor: 0, transferMinor: 0 }

/** Refunds all that is left of a payment whose order is over. What is reserved under the row lock is refunded once. */
export async function giveBack(ctx: PaymentContext, payment: PaymentRecord): Promise<PaymentRecord> {
  const reserved = await ctx.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.id)
    if (!locked || needOf(locked, ctx.clock.now()) !== 'give_back') return undefined
    if ((await countAutomaticRefunds(tx, payment.id)) >= mostAutomaticRefunds) return 'too_often' as const
    const parts = splitRefund(locked, leftMinor(locked), 'original')
    const refundOf = (part: Partial<typeof parts>): NewRefund => ({
      id: newId(),
      ...nothing,
      ...part,
      creditId: null,
      ofRefundId: null,
      reason: locked.closedReason ?? 'The payment came after it had ended.',
      requestedBy: 'system',
      requestHash: '',
      checkInMs: ctx.settings.providerTimeoutMs + 1000,
    })
    const reserve = async (part: Partial<typeof parts>) => await reserveRefund(tx, locked, refundOf(part))
    // Each way by itself: what one of them refuses keeps no other from it.
    const { amountMinor, creditMinor, transferMinor } = parts
    if (creditMinor > 0) await reserve({ creditMinor })
    const isReturned = transferMinor > 0 && (await neverCameAbout(tx, locked.orderId))
    if (isReturned) await returnTransfer(tx, locked, refundOf({ transferMinor }))
    const refunds = [
      ...(amountMinor > 0 ? [await reserve({ amountMinor })] : []),
      ...(transferMinor > 0 && !isReturned ? [await reserve({ transferMinor })] : []),
    ]
    return { refunds }
  })
  if (reserved === 'too_often') {
    ctx.log.error({ paymentId: payment.id }, 'the provider keeps refusing to refund; a person has to look')
    await stopChecking(ctx.db, payment)
    return payment
  }
  if (reserved) ctx.bus.wake()
  for (const refund of reserved?.refunds ?? []) await sendFor(ctx, payment, refund)
  return payment
}

async function sendFor(ctx: PaymentContext, payment: PaymentRecord, refund: RefundRecord): Promise<void> {
  const sent = await advanceRefund(ctx, payment, refund)
  ctx.log.info({ paymentId: payment.id, refundId: sent.id, status: sent.status }, 'gave money back')
}
