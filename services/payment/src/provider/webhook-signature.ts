import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookReading } from './provider.ts'

const windowSeconds = 300
const maxSignatures = 5

/**
 * Checks `t=<seconds>,v1=<hex>` against HMAC-SHA256 of `<seconds>.<raw body>` with any of the active
 * secrets, comparing in constant time. Answers why it is refused, or nothing when it is right.
 */
export function verifySignature(request: {
  header: string | string[] | undefined
  rawBody: Uint8Array
  secrets: readonly string[]
  now: Date
}): Extract<WebhookReading, { kind: 'refused' }> | undefined {
  const { header, rawBody, secrets, now } = request
  const parts = typeof header === 'string' && header.length <= 1000 ? header.split(',') : []
  const stamp = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2)
  const given = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part)).map((part) => part.slice(3))
  if (stamp === undefined || given.length === 0 || given.length > maxSignatures)
    return { kind: 'refused', status: 400, reason: 'no_signature' }
  const wanted = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${stamp}.`).update(rawBody).digest(),
  )
  const isRight = given
    .map((signature) => Buffer.from(signature, 'hex'))
    .some((signature) => wanted.some((mac) => timingSafeEqual(mac, signature)))
  if (!isRight) return { kind: 'refused', status: 401, reason: 'wrong_signature' }
  const ageSeconds = Math.abs(now.getTime() / 1000 - Number(stamp))
  return ageSeconds > windowSeconds ? { kind: 'refused', status: 400, reason: 'too_old' } : undefined
}
