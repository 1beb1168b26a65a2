import { AppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { Location, UpdateLocation } from '../contract.ts'
import { assertCanDeactivate } from './location.ts'
import { findContents, lockLocations, renameLocation, setDeactivated } from './location-store.ts'

/** Renames a place, closes an empty one, or opens one again. */
export async function updateLocation(
  ctx: InventoryContext,
  input: z.output<typeof UpdateLocation>,
): Promise<Location> {
  const command = { operation: 'location.update', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    // Goods that are arriving hold the row shared: they are there, or are refused, before this goes on.
    const all = await lockLocations(tx)
    const location = all.find(({ id }) => id === input.id)
    if (!location) throw notFound('location')
    if (input.isActive === false && location.isActive) {
      const others = all.filter(({ id, isActive }) => isActive && id !== input.id).length
      assertCanDeactivate(await findContents(tx, input.id), others)
    }
    if (input.isActive !== undefined && input.isActive !== location.isActive) {
      await setDeactivated(tx, input.id, !input.isActive)
    }
    const after = await renameLocation(tx, input.id, input.name ?? location.name)
    if (!after) throw new AppError('CONFLICT', 'The location changed meanwhile. Please try again.')
    return after
  })
}
