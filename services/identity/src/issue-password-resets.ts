import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { nextVersion } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import { RESET_TOKEN_SECONDS } from './contract.ts'
import { findRequesters, insertReset, type Requester, takeResetRequests } from './reset-store.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** More links than this within the life of one would only fill a stranger's mailbox. */
const linksAtOnce = 3

/** Answers the requests of known addresses with an event that carries the link's token; drops the others. */
export async function issuePasswordResets(ctx: IdentityContext): Promise<void> {
  while ((await issueBatch(ctx)) > 0) ctx.bus.wake()
}

async function issueBatch(ctx: IdentityContext): Promise<number> {
  return await ctx.db.transaction(async (tx) => {
    const emails = await takeResetRequests(tx)
    if (emails.length === 0) return 0
    const now = ctx.clock.now()
    const requesters = await findRequesters(tx, emails, new Date(now.getTime() - RESET_TOKEN_SECONDS * 1000))
    for (const requester of requesters) {
      if (requester.recentResets < linksAtOnce) await issue(tx, requester, now)
    }
    return emails.length
  })
}

async function issue(tx: Sql, { id, email, name }: Requester, now: Date): Promise<void> {
  const resetToken = newSecret()
  const expiresAt = new Date(now.getTime() + RESET_TOKEN_SECONDS * 1000)
  await insertReset(tx, { tokenHash: hashSecret(resetToken), accountId: id, now, expiresAt })
  const version = await nextVersion(tx, id)
  if (version === undefined) return
  await record(tx, [
    shopEvent('user.password_reset_requested', id, version, { userId: id, email, name, resetToken }),
  ])
}
