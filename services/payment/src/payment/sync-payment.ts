import { notFound } from '@souk/kernel/errors'
import type { PaymentContext } from '../context.ts'
import type { PaymentState } from '../contract.ts'
import { findPayment } from './payment-store.ts'
import { toPaymentState } from './payment-view.ts'
import { settlePayment } from './settle-payment.ts'

const openStatuses = new Set(['created', 'unknown', 'requires_action'])

/** The payment as it now stands, after asking the provider when its end is open. */
export async function syncPayment(ctx: PaymentContext, input: { id: string }): Promise<PaymentState> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  return toPaymentState(openStatuses.has(payment.status) ? await settlePayment(ctx, payment) : payment)
}
