import { z } from 'zod'

export const roles = ['customer', 'staff', 'owner'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** Who asks. A `service` acts for nobody; `sessionId` ties a person to a sign-in that can be revoked. */
export type Principal =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; sessionId: string; roles: readonly Role[]; email: string }
  | { kind: 'service'; name: string }

export const anonymous: Principal = { kind: 'anonymous' }

export function isStaff(principal: Principal): boolean {
  return principal.kind === 'user' && (principal.roles.includes('staff') || principal.roles.includes('owner'))
}

export function isOwner(principal: Principal): boolean {
  return principal.kind === 'user' && principal.roles.includes('owner')
}
