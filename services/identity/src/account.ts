import { AppError } from '@souk/kernel/errors'
import { type Role, roles as roleOrder } from '@souk/kernel/principal'
import type { User } from './contract.ts'

export type Account = {
  id: string
  email: string
  name: string
  roles: Role[]
  passwordHash: string
  version: number
  createdAt: Date
}

/** What may leave the service about a person. */
export function toUser(account: Account): User {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    roles: account.roles,
    createdAt: account.createdAt.toISOString(),
  }
}

/** Each role once, always in the same order. */
export function tidyRoles(wanted: readonly Role[]): Role[] {
  return roleOrder.filter((role) => wanted.includes(role))
}

/** Decides a change of roles. `owners` are the ids of all owners now. */
export function assertMayChangeRoles(change: {
  actorId: string
  subjectId: string
  roles: readonly Role[]
  owners: readonly string[]
}): void {
  if (!change.owners.includes(change.actorId)) {
    throw new AppError('FORBIDDEN', 'Only an owner may change roles.')
  }
  const staysOwner = change.roles.includes('owner')
  const isLastOwner = change.owners.length === 1 && change.owners[0] === change.subjectId
  if (isLastOwner && !staysOwner) {
    throw new AppError('INVALID_STATE', 'This is the last owner. Make somebody else an owner first.', {
      details: { reason: 'last_owner' },
    })
  }
}
