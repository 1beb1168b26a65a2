import { AppError } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'

/** Who did something, for our books. */
export function actorName(principal: Principal): string {
  if (principal.kind === 'user') return principal.userId
  if (principal.kind === 'service') return principal.name
  throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
}
