import type { IdentityContext } from './context.ts'
import type { SignOut } from './contract.ts'
import { hashSecret } from './secrets.ts'
import { findToken, revokeSession } from './session-store.ts'

/** Ends the session of the refresh token, or the caller's own. Signing out twice, or of nothing, is no error. */
export async function signOut(ctx: IdentityContext, input: SignOut): Promise<{ ok: true }> {
  const now = ctx.clock.now()
  const sessionId = await sessionOf(ctx, input, now)
  if (sessionId !== undefined && (await revokeSession(ctx.db.sql, sessionId, 'sign_out', now))) {
    await ctx.announceRevoked([sessionId])
  }
  return { ok: true }
}

async function sessionOf(ctx: IdentityContext, input: SignOut, now: Date): Promise<string | undefined> {
  if (input.refreshToken !== undefined) {
    return (await findToken(ctx.db, hashSecret(input.refreshToken), now))?.sessionId
  }
  return ctx.principal.kind === 'user' ? ctx.principal.sessionId : undefined
}
