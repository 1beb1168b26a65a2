import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { updatePassword } from './account-store.ts'
import { writeAudit } from './audit-store.ts'
import { closeResetsOf } from './reset-store.ts'
import { revokeSessionsOf } from './session-store.ts'

export type PasswordChange = {
  accountId: string
  passwordHash: string
  /** The stored hash that the caller compared with; another one by now means that somebody was faster. */
  from?: string
  action: 'password_changed' | 'password_reset'
  now: Date
}

/**
 * Everything that a new password entails, in one transaction: old reset links and every session end, the
 * audit log and the owner of the account learn of it. Answers whose account it is and which sessions ended;
 * nothing when the account is gone or its password was changed meanwhile.
 */
export async function setPassword(
  tx: Sql,
  change: PasswordChange,
): Promise<{ email: string; revoked: string[] } | undefined> {
  const { accountId, passwordHash, from, action, now } = change
  const account = await updatePassword(tx, { id: accountId, passwordHash, from, now })
  if (!account) return undefined
  await closeResetsOf(tx, accountId, now)
  const revoked = await revokeSessionsOf(tx, accountId, 'password', now)
  await writeAudit(tx, { actorId: accountId, action, subject: accountId, outcome: 'ok' }, now)
  const { email, name, version } = account
  await record(tx, [
    shopEvent('user.password_changed', accountId, version, { userId: accountId, email, name }),
  ])
  return { email, revoked }
}
