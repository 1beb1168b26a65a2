import { createHash, timingSafeEqual } from 'node:crypto'
import { isStaff, type Principal } from '@souk/kernel/principal'
import type { PaymentRecord } from './payment.ts'

/** Staff, the person who paid, or who holds the key of the guest's order. */
export function maySee(
  principal: Principal,
  payment: Pick<PaymentRecord, 'userId' | 'orderTokenHash'>,
  orderToken: string | undefined,
): boolean {
  if (isStaff(principal)) return true
  if (principal.kind === 'user' && payment.userId !== null && principal.userId === payment.userId) return true
  if (orderToken === undefined || payment.orderTokenHash === null) return false
  const given = Buffer.from(createHash('sha256').update(orderToken).digest('base64url'))
  const wanted = Buffer.from(payment.orderTokenHash)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
