import { createHash } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import type { Principal } from '@souk/kernel/principal'
import { currentRequest } from '@souk/service/request'

/**
 * The id of something that a request creates: always the same for one caller, purpose and
 * Idempotency-Key, so that a repeat names the same record; a new one for a request without a key.
 */
export function idOfKey(principal: Principal, purpose: string): string {
  const key = currentRequest()?.idempotencyKey
  if (key === undefined) return newId()
  const caller = principal.kind === 'user' ? principal.userId : principal.kind
  const hash = createHash('sha256')
    .update(JSON.stringify([caller, purpose, key]))
    .digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x70
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
