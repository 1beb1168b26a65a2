import { AppError } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import { findAccount } from './account-store.ts'
import { writeAudit } from './audit-store.ts'
import { accountGone, actingPerson, type IdentityContext } from './context.ts'
import type { ChangePassword } from './contract.ts'
import { setPassword } from './set-password.ts'

/** Needs the current password again. Signs out everywhere, here too. */
export async function changePassword(ctx: IdentityContext, input: ChangePassword): Promise<{ ok: true }> {
  const { userId } = actingPerson(ctx)
  const account = await findAccount(ctx.db, userId)
  if (!account) throw accountGone()
  const assertOpen = async () => await ctx.throttle.assertOpen(account.email)
  await assertOpen()
  const isRight = await ctx.hasher.verify(account.passwordHash, input.currentPassword, assertOpen)
  const passwordHash = isRight ? await ctx.hasher.hash(input.newPassword) : undefined
  let revoked: string[] = []
  try {
    // A repeat finds the password changed already; its key brings back the first answer all the same.
    const command = { operation: 'auth.changePassword', principal: ctx.principal, input: {} }
    await once(ctx.db, command, async (tx) => {
      if (passwordHash === undefined) throw wrongPassword()
      const now = ctx.clock.now()
      const from = account.passwordHash
      const change = { accountId: userId, passwordHash, from, action: 'password_changed', now } as const
      const done = await setPassword(tx, change)
      if (!done) throw wrongPassword()
      revoked = done.revoked
      return { ok: true }
    })
  } catch (error) {
    if (!isRight) await noteRefusal(ctx, account)
    throw error
  }
  ctx.bus.wake()
  await Promise.all([ctx.announceRevoked(revoked), ctx.throttle.clear(account.email)])
  return { ok: true }
}

async function noteRefusal(ctx: IdentityContext, account: { id: string; email: string }): Promise<void> {
  const entry = {
    actorId: account.id,
    action: 'password_changed',
    subject: account.id,
    outcome: 'refused',
  } as const
  await Promise.all([ctx.throttle.failed(account.email), writeAudit(ctx.db.sql, entry, ctx.clock.now())])
}

function wrongPassword(): AppError {
  const message = 'The current password is not right.'
  return new AppError('INVALID_INPUT', message, {
    details: { reason: 'invalid_input', errors: [{ path: 'currentPassword', message }] },
  })
}
