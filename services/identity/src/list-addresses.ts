import { listAddresses as readAddresses } from './address-store.ts'
import { actingPerson, type IdentityContext } from './context.ts'
import type { SavedAddress } from './contract.ts'

export async function listAddresses(ctx: IdentityContext): Promise<{ items: SavedAddress[] }> {
  return { items: await readAddresses(ctx.db, actingPerson(ctx).userId) }
}
