import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const recent = new Map<string, string>()
const maxRecent = 500

/**
 * A guest's key to one order: 256 bits that only this service can compute, so that nothing is stored. One
 * purchase needs it four times, so the last few are remembered.
 */
export function orderToken(orderId: string, secret: string): string {
  const name = `${orderId} ${secret}`
  const known = recent.get(name)
  if (known !== undefined) return known
  const token = computeToken(orderId, secret)
  if (recent.size >= maxRecent) recent.clear()
  recent.set(name, token)
  return token
}

function computeToken(orderId: string, secret: string): string {
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
