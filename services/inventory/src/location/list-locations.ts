import type { InventoryContext } from '../context.ts'
import { findLocations } from './location-store.ts'

export async function listLocations(ctx: InventoryContext) {
  return { items: await findLocations(ctx.db) }
}
