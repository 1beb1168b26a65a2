import { createHmac } from 'node:crypto'

export const signatureHeader = 'souk-signature'

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<raw body>`. */
export function signWebhook(rawBody: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const mac = createHmac('sha256', secret).update(`${seconds}.${rawBody}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}
