import { AppError } from '@souk/kernel/errors'
import { writeAudit } from './audit-store.ts'
import type { IdentityContext } from './context.ts'
import {
  LONGEST_SESSION_SECONDS,
  REFRESH_GRACE_SECONDS,
  type Refresh,
  SESSION_SECONDS,
  type SignedIn,
} from './contract.ts'
import { answerSignedIn } from './open-session.ts'
import { hashSecret, newSalt, successorOf } from './secrets.ts'
import { findToken, revokeSession, rotateToken, type UsedToken } from './session-store.ts'

/** Exchanges a refresh token for an access token and the refresh token that follows it. */
export async function refresh(ctx: IdentityContext, input: Refresh): Promise<SignedIn> {
  const salt = newSalt()
  const refreshToken = successorOf(input.refreshToken, salt)
  const rotated = await rotateToken(ctx.db, {
    tokenHash: hashSecret(input.refreshToken),
    salt,
    successorHash: hashSecret(refreshToken),
    now: ctx.clock.now(),
    idleSeconds: SESSION_SECONDS,
    longestSeconds: LONGEST_SESSION_SECONDS,
  })
  if (rotated) return await answerSignedIn(ctx, { ...rotated, refreshToken })
  return await answerUsedToken(ctx, input.refreshToken)
}

async function answerUsedToken(ctx: IdentityContext, token: string): Promise<SignedIn> {
  const now = ctx.clock.now()
  const found = await findToken(ctx.db, hashSecret(token), now)
  if (!found?.isSessionOpen || !found.usedAt) throw sessionEnded()
  const { sessionId, account } = found
  if (found.salt && isInGrace(found.usedAt, now)) {
    return await answerSignedIn(ctx, { account, sessionId, refreshToken: successorOf(token, found.salt) })
  }
  await endStolenSession(ctx, found, now)
  throw sessionEnded()
}

/** An old token came back: somebody copied it, and nobody can tell who holds the current one. */
async function endStolenSession(ctx: IdentityContext, found: UsedToken, now: Date): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const isEnded = await revokeSession(tx, found.sessionId, 'token_reuse', now)
    if (!isEnded) return
    await writeAudit(
      tx,
      { actorId: null, action: 'token_reuse', subject: found.account.id, outcome: 'refused' },
      now,
    )
  })
  await ctx.announceRevoked([found.sessionId])
}

function isInGrace(usedAt: Date, now: Date): boolean {
  return now.getTime() - usedAt.getTime() <= REFRESH_GRACE_SECONDS * 1000
}

function sessionEnded(): AppError {
  return new AppError('UNAUTHENTICATED', 'This session has ended. Please sign in again.')
}
