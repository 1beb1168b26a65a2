import type { IdentityContext } from './context.ts'
import { REFRESH_GRACE_SECONDS, RESET_TOKEN_SECONDS, SESSION_SECONDS } from './contract.ts'
import { sweepResets } from './reset-store.ts'
import { sweepSessions } from './session-store.ts'

/** Forgets what no rule needs any more: secrets first. */
export async function sweep(ctx: IdentityContext): Promise<void> {
  const ago = (seconds: number) => new Date(ctx.clock.now().getTime() - seconds * 1000)
  await sweepSessions(ctx.db, {
    graceEnd: ago(REFRESH_GRACE_SECONDS),
    tokensUsedBefore: ago(SESSION_SECONDS),
    // The gateways still ask for sessions that were revoked this long ago.
    endedBefore: ago(2 * SESSION_SECONDS),
  })
  await sweepResets(ctx.db, ago(2 * RESET_TOKEN_SECONDS))
}
