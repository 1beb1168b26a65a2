import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { Location, ReorderLocations } from '../contract.ts'
import { assertNamesAll } from './location.ts'
import { lockLocations, writePriorities } from './location-store.ts'

/** Orders are served from the first place first. */
export async function reorderLocations(
  ctx: InventoryContext,
  input: z.output<typeof ReorderLocations>,
): Promise<{ items: Location[] }> {
  const command = { operation: 'location.reorder', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    const known = (await lockLocations(tx)).map(({ id }) => id)
    assertNamesAll(known, input.ids)
    await writePriorities(tx, input.ids)
    return { items: await lockLocations(tx) }
  })
}
