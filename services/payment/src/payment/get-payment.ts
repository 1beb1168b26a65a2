import { notFound } from '@souk/kernel/errors'
import type { PaymentContext } from '../context.ts'
import type { Payment } from '../contract.ts'
import { maySee } from './access.ts'
import { readPaymentWithHistory } from './read-store.ts'

/** A payment that the caller may not see is answered like one that does not exist. */
export async function getPayment(
  ctx: PaymentContext,
  input: { id: string; orderToken?: string | undefined },
): Promise<Payment> {
  const found = await readPaymentWithHistory(ctx.db, input.id)
  if (!found || !maySee(ctx.principal, found.access, input.orderToken)) throw notFound('payment')
  return found.payment
}

/** For verbs that have checked the caller's right already. */
export async function loadPaymentView(ctx: PaymentContext, id: string): Promise<Payment> {
  const found = await readPaymentWithHistory(ctx.db, id)
  if (!found) throw notFound('payment')
  return found.payment
}
