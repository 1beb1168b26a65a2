import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A guest's key to one order: 256 bits that only this service can compute, so that nothing is stored. */
export function orderToken(orderId: string, secret: string): string {
  return createHmac('sha256', secret).update(`order-token ${orderId}`).digest('base64url')
}

export function isOrderToken(given: string | undefined, orderId: string, secret: string): boolean {
  if (given === undefined) return false
  const expected = Buffer.from(orderToken(orderId, secret))
  const actual = Buffer.from(given)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** What the payment service keeps to recognise the key without knowing it. */
export function hashOrderToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
