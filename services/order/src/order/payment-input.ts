import { AppError } from '@souk/kernel/errors'
import type { PaymentMethod, StartPayment } from '@souk/payment/contract'
import type { OrderContext } from '../context.ts'
import type { PlaceOrder } from '../contract.ts'

/** How an order is to be paid, kept until payment has it. Of a gift card the id, never the code. */
export type PaymentInput = PaymentMethod & {
  credit?: StartPayment['credit']
  /** Money of another order that pays first. */
  transfer?: StartPayment['transfer']
}

/**
 * Asks payment which gift card or store credit is meant; an order without either asks nothing. What is on
 * them is decided when the payment starts.
 */
export async function paymentInputOf(ctx: OrderContext, input: PlaceOrder): Promise<PaymentInput | AppError> {
  const { giftCardCode: code, useStoreCredit, paymentMethod, expectedCredit: expected } = input
  if (code === undefined && useStoreCredit !== true) {
    return paymentMethod.type === 'credit'
      ? wrong('paymentMethod', 'Name the gift card that pays, or use your store credit.')
      : paymentMethod
  }
  const { principal } = ctx
  if (useStoreCredit === true && principal.kind !== 'user')
    return wrong('useStoreCredit', 'Sign in to use your store credit.')
  const found = await ctx.payment.credit.find.mutate({
    ...(code === undefined ? {} : { code }),
    ...(useStoreCredit === true && principal.kind === 'user' ? { storeCreditOf: principal.userId } : {}),
    currency: 'EUR',
  })
  if (found.status === 'refused') return wrong(found.path, found.message)
  return { ...paymentMethod, credit: { ids: found.ids, ...(expected === undefined ? {} : { expected }) } }
}

function wrong(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, {
    details: { reason: 'invalid_input', errors: [{ path, message }] },
  })
}
