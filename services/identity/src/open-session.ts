import { newId } from '@souk/kernel/id'
import { type Account, toUser } from './account.ts'
import type { IdentityContext } from './context.ts'
import { ACCESS_TOKEN_SECONDS, SESSION_SECONDS, type SignedIn } from './contract.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { insertSession } from './session-store.ts'

/** A new session for a person whose password was just checked; nothing when it changed meanwhile. */
export async function openSession(ctx: IdentityContext, account: Account): Promise<SignedIn | undefined> {
  const now = ctx.clock.now()
  const sessionId = newId()
  const refreshToken = newSecret()
  const isOpen = await insertSession(ctx.db, {
    sessionId,
    account,
    tokenHash: hashSecret(refreshToken),
    auditId: newId(),
    now,
    expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
  })
  return isOpen ? await answerSignedIn(ctx, { account, sessionId, refreshToken }) : undefined
}

export async function answerSignedIn(
  ctx: IdentityContext,
  { account, sessionId, refreshToken }: { account: Account; sessionId: string; refreshToken: string },
): Promise<SignedIn> {
  const { id, email, name, roles } = account
  const accessToken = await ctx.signAccessToken(
    { sub: id, sid: sessionId, email, name, roles },
    ctx.clock.now(),
  )
  return {
    user: toUser(account),
    sessionId,
    accessToken,
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    refreshToken,
  }
}
