import type { PaymentContext } from '../context.ts'
import { advanceRefund } from '../refund/advance-refund.ts'
import { claimDueRefunds } from '../refund/refund-store.ts'
import { claimDuePayments, closeForgottenPayments, findPayment } from './payment-store.ts'
import { settlePayment } from './settle-payment.ts'

const batchSize = 32

/** Brings on every payment and refund whose time has come. Claiming puts the next time off, so instances share the work. */
export async function settleDue(ctx: PaymentContext): Promise<void> {
  for (let isMore = true; isMore; ) {
    const payments = await claimDuePayments(ctx.db, batchSize)
    const refunds = await claimDueRefunds(ctx.db, batchSize)
    await Promise.all([
      ...payments.map(async (payment) => {
        await attempt(ctx, { paymentId: payment.id }, async () => void (await settlePayment(ctx, payment)))
      }),
      ...refunds.map(async (refund) => {
        await attempt(ctx, { refundId: refund.id }, async () => {
          const payment = await findPayment(ctx.db.sql, refund.paymentId)
          if (payment) await advanceRefund(ctx, payment, refund, 'ask')
        })
      }),
    ])
    isMore = payments.length === batchSize || refunds.length === batchSize
  }
}

/** One payment that cannot be settled now keeps no other from it. */
async function attempt(ctx: PaymentContext, what: object, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    ctx.log.warn({ err: error, ...what }, 'could not settle; it is tried again later')
  }
}

export async function closeForgotten(ctx: PaymentContext): Promise<void> {
  await closeForgottenPayments(ctx.db)
}
