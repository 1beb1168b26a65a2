import type { OrderContext } from '../context.ts'
import type { Zone } from '../contract.ts'
import { listZones } from './zone-store.ts'

export async function listShippingZones(ctx: OrderContext): Promise<{ items: Zone[] }> {
  return { items: await listZones(ctx.db.sql) }
}
