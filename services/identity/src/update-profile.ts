import { toUser } from './account.ts'
import { updateName } from './account-store.ts'
import { accountGone, actingPerson, type IdentityContext } from './context.ts'
import type { UpdateProfile, User } from './contract.ts'

export async function updateProfile(ctx: IdentityContext, input: UpdateProfile): Promise<User> {
  const account = await updateName(ctx.db, actingPerson(ctx).userId, input.name, ctx.clock.now())
  if (!account) throw accountGone()
  return toUser(account)
}
