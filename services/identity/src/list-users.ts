import { toUser } from './account.ts'
import { searchAccounts } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import type { ListUsers, UserPage } from './contract.ts'
import { idBefore, idPage } from './id-page.ts'

export async function listUsers(ctx: IdentityContext, input: ListUsers): Promise<UserPage> {
  const { q, role, limit, cursor } = input
  const search = { q: q === '' ? undefined : q, role, before: idBefore(cursor), limit: limit + 1 }
  return idPage((await searchAccounts(ctx.db, search)).map(toUser), limit)
}
