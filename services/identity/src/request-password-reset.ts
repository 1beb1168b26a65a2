import type { IdentityContext } from './context.ts'
import type { RequestPasswordReset } from './contract.ts'
import { insertResetRequest } from './reset-store.ts'

/** Does the same work for every address, so that neither the answer nor its time tells who has an account. */
export async function requestPasswordReset(
  ctx: IdentityContext,
  input: RequestPasswordReset,
): Promise<{ ok: true }> {
  await insertResetRequest(ctx.db, input.email, ctx.clock.now())
  ctx.wakeResets()
  return { ok: true }
}
