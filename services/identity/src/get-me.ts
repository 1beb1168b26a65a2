import { toUser } from './account.ts'
import { findAccount } from './account-store.ts'
import { accountGone, actingPerson, type IdentityContext } from './context.ts'
import type { User } from './contract.ts'

export async function getMe(ctx: IdentityContext): Promise<User> {
  const account = await findAccount(ctx.db, actingPerson(ctx).userId)
  if (!account) throw accountGone()
  return toUser(account)
}
