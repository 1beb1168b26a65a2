import type { PaymentContext } from '../context.ts'
import { claimDueCaptures } from './capture-due-store.ts'
import { capturePayment } from './capture-payment.ts'

const batchSize = 32

/** Books the cash of delivered orders. */
export async function captureDue(ctx: PaymentContext): Promise<void> {
  for (const id of await claimDueCaptures(ctx.db, batchSize)) {
    try {
      await capturePayment(ctx, { id })
    } catch (error) {
      ctx.log.warn({ err: error, paymentId: id }, 'could not capture; it is tried again later')
    }
  }
}
