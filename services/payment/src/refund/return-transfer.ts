import type { Sql } from '@souk/db/connect'
import type { PaymentRecord } from '../payment/payment.ts'
import { lockPayment } from '../payment/payment-store.ts'
import { bookReturn, findTransferTo, takeBack } from '../transfer/transfer-store.ts'
import { insertRefund, type NewRefund, settleSucceeded } from './refund-store.ts'

/**
 * Money that was moved for an order that never came about is the earlier payment's again. Nobody is given
 * anything by it, so nobody is told: what becomes of it there is for the earlier order to say. The caller has
 * the newer payment's row locked.
 */
export async function returnTransfer(
  tx: Sql,
  payment: PaymentRecord,
  refund: Omit<NewRefund, 'isReturned'>,
): Promise<void> {
  const transfer = await findTransferTo(tx, payment.id)
  const origin = transfer && (await lockPayment(tx, transfer.fromPaymentId))
  if (!origin) throw new Error(`Nothing was moved to payment ${payment.id}`)
  await takeBack(tx, transfer, refund.transferMinor)
  const reserved = await insertRefund(tx, payment, { ...refund, isReturned: true })
  const { orderId } = payment
  await settleSucceeded(tx, reserved, { orderId, providerRefundId: null, account: 'provider' })
  await bookReturn(tx, transfer, reserved)
}
