import { isAppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import { assertMayChangeRoles, tidyRoles, toUser } from './account.ts'
import { lockAccount, lockOwners, updateRoles } from './account-store.ts'
import { writeAudit } from './audit-store.ts'
import { actingPerson, type IdentityContext } from './context.ts'
import type { SetRoles, User } from './contract.ts'
import { revokeSessionsOf } from './session-store.ts'

/** Changes what a person may do. The person has to sign in again, so that no token keeps old roles. */
export async function setRoles(ctx: IdentityContext, input: SetRoles): Promise<User> {
  const { userId: actorId } = actingPerson(ctx)
  const roles = tidyRoles(input.roles)
  let revoked: string[] = []
  const command = { operation: 'user.setRoles', principal: ctx.principal, input }
  try {
    const user = await once(ctx.db, command, async (tx) => {
      // Owners as they are now, not as the token says: it may be older than a change.
      const owners = await lockOwners(tx)
      assertMayChangeRoles({ actorId, subjectId: input.userId, roles, owners })
      const before = await lockAccount(tx, input.userId)
      if (!before) throw notFound('user')
      if (before.roles.join() === roles.join()) return toUser(before)
      const now = ctx.clock.now()
      const after = await updateRoles(tx, before.id, roles, now)
      if (!after) throw notFound('user')
      revoked = await revokeSessionsOf(tx, after.id, 'roles', now)
      const details = { before: before.roles, after: after.roles }
      const entry = { actorId, action: 'roles_changed', subject: after.id, outcome: 'ok', details } as const
      await writeAudit(tx, entry, now)
      return toUser(after)
    })
    await ctx.announceRevoked(revoked)
    return user
  } catch (error) {
    if (isAppError(error, 'FORBIDDEN') || isAppError(error, 'INVALID_STATE')) {
      await noteRefusal(ctx, actorId, input)
    }
    throw error
  }
}

async function noteRefusal(ctx: IdentityContext, actorId: string, input: SetRoles): Promise<void> {
  const details = { wanted: tidyRoles(input.roles) }
  const entry = {
    actorId,
    action: 'roles_changed',
    subject: input.userId,
    outcome: 'refused',
    details,
  } as const
  await writeAudit(ctx.db.sql, entry, ctx.clock.now())
}
