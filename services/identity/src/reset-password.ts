import { AppError } from '@souk/kernel/errors'
import type { IdentityContext } from './context.ts'
import type { ResetPassword } from './contract.ts'
import { isResetOpen, takeReset } from './reset-store.ts'
import { hashSecret } from './secrets.ts'
import { setPassword } from './set-password.ts'

/** Sets a new password with the token of a mailed link. Signs out everywhere. */
export async function resetPassword(ctx: IdentityContext, input: ResetPassword): Promise<{ ok: true }> {
  const tokenHash = hashSecret(input.token)
  // Hashing a password costs 25 ms of a core: not for a made-up token.
  if (!(await isResetOpen(ctx.db, tokenHash, ctx.clock.now()))) throw linkUsed()
  const passwordHash = await ctx.hasher.hash(input.password)
  const { email, revoked } = await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now()
    const accountId = await takeReset(tx, tokenHash, now)
    if (accountId === undefined) throw linkUsed()
    const done = await setPassword(tx, { accountId, passwordHash, action: 'password_reset', now })
    if (!done) throw linkUsed()
    return done
  })
  ctx.bus.wake()
  await Promise.all([ctx.announceRevoked(revoked), ctx.throttle.clear(email)])
  return { ok: true }
}

function linkUsed(): AppError {
  const message = 'This link has expired or was used already. Please ask for a new one.'
  return new AppError('INVALID_INPUT', message, {
    details: { reason: 'invalid_input', errors: [{ path: 'token', message }] },
  })
}
