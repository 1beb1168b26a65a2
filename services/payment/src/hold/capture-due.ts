import { money } from '@souk/kernel/money'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { capturePayment } from '../payment/capture-payment.ts'
import { providerOf } from '../payment/charge-ref.ts'
import { findPayment } from '../payment/payment-store.ts'
import { release } from '../payment/settle-payment.ts'
import { captureLater, claimDueCaptures } from './capture-due-store.ts'
import { wantedCapture } from './hold.ts'

const failures = counter(
  'souk_payment_capture_failures_total',
  'Captures of delivered cash or of shipped goods that did not go through. Each is tried again.',
)
const batchSize = 32

/** Books the cash of delivered orders, and takes what is held for the goods that have left. */
export async function captureDue(ctx: PaymentContext): Promise<void> {
  for (const id of await claimDueCaptures(ctx.db, batchSize)) {
    try {
      await captureOne(ctx, id)
    } catch (error) {
      failures.inc()
      ctx.log.warn({ err: error, paymentId: id }, 'could not capture; it is tried again later')
    }
  }
}

async function captureOne(ctx: PaymentContext, id: string): Promise<void> {
  const payment = await findPayment(ctx.db.sql, id)
  if (payment?.status !== 'authorized') return
  if (payment.method.type === 'cod') return void (await capturePayment(ctx, { id }))
  const provider = providerOf(ctx, payment)
  const wanted = wantedCapture(payment, provider.canCaptureInParts, ctx.clock.now())
  if (wanted && wanted.amountMinor > 0) {
    const amount = money(wanted.amountMinor, payment.currency)
    await capturePayment(ctx, { id, amount, isFinal: wanted.isFinal })
  } else if (wanted?.isFinal) {
    await release(ctx, provider, payment)
  } else {
    await captureLater(ctx.db, payment)
  }
}
