import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { CreateLocation, Location } from '../contract.ts'
import { insertLocation, lockLocations } from './location-store.ts'

export const MAX_LOCATIONS = 50

/** A new place stands behind all others. */
export async function createLocation(
  ctx: InventoryContext,
  input: z.output<typeof CreateLocation>,
): Promise<Location> {
  const command = { operation: 'location.create', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    const all = await lockLocations(tx)
    if (all.some(({ code }) => code === input.code)) {
      throw new AppError('CONFLICT', `There is a location with the code ${input.code} already.`, {
        details: { errors: [{ path: 'code', message: 'Taken by another location' }] },
      })
    }
    if (all.length >= MAX_LOCATIONS) {
      throw new AppError('INVALID_STATE', `A shop has at most ${MAX_LOCATIONS} locations.`)
    }
    const priority = Math.max(0, ...all.map((location) => location.priority)) + 10
    const location = { id: newId(), code: input.code, name: input.name, priority }
    await insertLocation(tx, location)
    return { ...location, isActive: true }
  })
}
