import { openIdentityDatabase } from '@souk/db/identity'
import { Email } from '@souk/kernel/address'
import { tidyRoles } from './account.ts'
import { findAccountByEmail, lockAccount, updateRoles } from './account-store.ts'
import { writeAudit } from './audit-store.ts'
import { readDatabaseEnv } from './env.ts'
import { revokeSessionsOf } from './session-store.ts'

/** The first owner of a shop without demo accounts: whoever can reach the database may say who it is. */
async function grantOwner(email: string): Promise<string> {
  const env = readDatabaseEnv()
  const db = openIdentityDatabase({
    url: env.DATABASE_URL,
    applicationName: 'grant-owner',
    maxConnections: 2,
  })
  try {
    const account = await findAccountByEmail(db, email)
    if (!account) return `${email} has no account yet. Register in the shop first.`
    const now = new Date()
    await db.transaction(async (tx) => {
      const before = (await lockAccount(tx, account.id))?.roles ?? []
      const roles = tidyRoles([...before, 'staff', 'owner'])
      await updateRoles(tx, account.id, roles, now)
      await revokeSessionsOf(tx, account.id, 'roles', now)
      const details = { before, after: roles, from: 'command line' }
      const entry = {
        actorId: null,
        action: 'roles_changed',
        subject: account.id,
        outcome: 'ok',
        details,
      } as const
      await writeAudit(tx, entry, now)
    })
    return `${email} is an owner now and has to sign in again.`
  } finally {
    await db.close()
  }
}

const email = Email.safeParse(process.argv[2])
process.stdout.write(
  `${email.success ? await grantOwner(email.data) : 'Usage: node src/grant-owner.ts <e-mail>'}\n`,
)
