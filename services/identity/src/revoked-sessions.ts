import type { IdentityContext } from './context.ts'
import { SESSION_SECONDS } from './contract.ts'
import { listRevokedSince } from './session-store.ts'

/** Every session that ended while a token of it may still be alive. */
export async function revokedSessions(ctx: IdentityContext): Promise<{ sessionIds: string[] }> {
  const since = new Date(ctx.clock.now().getTime() - SESSION_SECONDS * 1000)
  return { sessionIds: await listRevokedSince(ctx.db, since) }
}
