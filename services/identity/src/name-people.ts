import { findNames } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import type { NamedPerson } from './contract.ts'

export async function namePeople(
  ctx: IdentityContext,
  { ids }: { ids: readonly string[] },
): Promise<{ items: NamedPerson[] }> {
  return { items: await findNames(ctx.db, [...new Set(ids)]) }
}
