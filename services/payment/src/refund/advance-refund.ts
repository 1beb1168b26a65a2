import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import type { PaymentContext } from '../context.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import { findPayment, lockPayment } from '../payment/payment-store.ts'
import { findTransferTo, takeBack } from '../transfer/transfer-store.ts'
import { checkRefundLater, findPassed, lockRefund, nextTryInMs } from './passed-store.ts'
import { isOpen, type RefundRecord, splitRefund } from './refund.ts'
import { findRefund, settleFailed } from './refund-store.ts'
import { reserveRefund } from './refund-to-credit.ts'
import { sendRefund, settleRefund, succeed, tell } from './send-refund.ts'

/**
 * Brings a refund nearer to its end: first the provider's part, then what goes back through the earlier
 * payment. Safe to run at any time and beside itself. `send` spares the question when it is new.
 */
export async function advanceRefund(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  how: 'send' | 'ask' = 'send',
): Promise<RefundRecord> {
  let now = refund
  if (isOpen(now) && now.amountMinor > 0 && now.providerDoneAt === null)
    now = await (how === 'send' ? sendRefund : settleRefund)(ctx, payment, now)
  const isNext = now.transferMinor > 0 && (now.amountMinor === 0 || now.providerDoneAt !== null)
  return isOpen(now) && isNext ? await passRefund(ctx, payment, now) : now
}

/**
 * The part of a refund that had been moved from an earlier payment goes back through that one, by a refund of
 * its own. When its provider refuses, a refund that is nothing else has failed; one of which a part went back
 * already cannot fail any more, so it tries again, later each time, and stays pending until it succeeds.
 */
async function passRefund(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
): Promise<RefundRecord> {
  const isBegun = refund.providerDoneAt !== null
  const known = await findPassed(ctx.db.sql, refund.id)
  if (known && isOpen(known)) return refund
  const waitMs = known?.status === 'failed' && isBegun ? await nextTryInMs(ctx.db.sql, refund.id) : 0
  if (waitMs > 0) return await tryLater(ctx, refund, waitMs)
  const isNeeded = !known || (known.status === 'failed' && isBegun)
  const passed = isNeeded ? await passOn(ctx, refund) : known
  if (passed?.status === 'succeeded') return await end(ctx, refund, await succeed(ctx, payment, refund, null))
  if (passed?.status !== 'failed') return await reload(ctx, refund)
  if (isBegun) return await tryLater(ctx, refund, await nextTryInMs(ctx.db.sql, refund.id))
  const message = 'The provider of the earlier payment refused the refund.'
  return await end(ctx, refund, await settleFailed(ctx.db, refund, { providerRefundId: null, message }))
}

async function tryLater(ctx: PaymentContext, refund: RefundRecord, inMs: number): Promise<RefundRecord> {
  ctx.log.error({ refundId: refund.id }, 'the provider of the earlier payment refuses the rest of a refund')
  await checkRefundLater(ctx.db, refund.id, inMs)
  return await reload(ctx, refund)
}

/** Gives the earlier payment its money back and begins to refund it there, both or neither. Nothing when the refund ended meanwhile. */
async function passOn(ctx: PaymentContext, refund: RefundRecord): Promise<RefundRecord | undefined> {
  const reserved = await ctx.db.transaction(async (tx) => {
    const whole = await lockRefund(tx, refund.id)
    if (!whole || !isOpen(whole)) return undefined
    const known = await findPassed(tx, whole.id)
    if (known && known.status !== 'failed') return known
    const transfer = await findTransferTo(tx, whole.paymentId)
    const origin = transfer && (await lockPayment(tx, transfer.fromPaymentId))
    if (!origin) throw new Error(`Nothing was moved to payment ${whole.paymentId}`)
    await takeBack(tx, transfer, whole.transferMinor)
    const free = { ...origin, transferredMinor: origin.transferredMinor - whole.transferMinor }
    return await reserveRefund(tx, free, {
      id: newId(),
      ...splitRefund(free, whole.transferMinor, 'original'),
      creditId: null,
      ofRefundId: whole.id,
      reason: whole.reason,
      requestedBy: whole.requestedBy,
      requestHash: '',
      checkInMs: ctx.settings.providerTimeoutMs + 1000,
    })
  })
  faultPoint('refund.passed_on')
  if (!reserved) return undefined
  const origin = await findPayment(ctx.db.sql, reserved.paymentId)
  return origin ? await advanceRefund(ctx, origin, reserved) : reserved
}

async function end(
  ctx: PaymentContext,
  refund: RefundRecord,
  settled: RefundRecord | undefined,
): Promise<RefundRecord> {
  if (settled) await tell(ctx, settled)
  return settled ?? (await reload(ctx, refund))
}

async function reload(ctx: PaymentContext, refund: RefundRecord): Promise<RefundRecord> {
  return (await findRefund(ctx.db.sql, refund.id)) ?? refund
}
