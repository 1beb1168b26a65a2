import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { SaveZone, Zone } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { differences, invalidField, staleVersion } from '../pricing/price-change.ts'
import { lockZone, placesOfOthers, saveZone } from './zone-store.ts'

export async function saveShippingZone(ctx: OrderContext, input: SaveZone): Promise<Zone> {
  const command = { operation: 'shipping.saveZone', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const saved = await refuseTakenName(
    async () =>
      await once(ctx.db, command, async (tx) => {
        const before = await lockZone(tx, input.id)
        if (input.expectedVersion !== undefined && input.expectedVersion !== (before?.version ?? 0)) {
          throw staleVersion(before?.version ?? 0)
        }
        const taken = await placesOfOthers(tx, input.id, input.places)
        if (taken.length > 0) throw placesTaken(input.places, taken)
        const after = await saveZone(tx, input)
        const { version: _old, ...was } = before ?? { version: 0 }
        const { version: _new, ...is } = after
        await writePriceChange(tx, {
          actor,
          action: before ? 'zone_changed' : 'zone_created',
          subject: input.name,
          details: differences(was, is),
        })
        return after
      }),
  )
  await ctx.announcePrices()
  return saved
}

function placesTaken(places: readonly string[], taken: readonly { place: string; zone: string }[]): AppError {
  const errors = taken.map(({ place, zone }) => ({
    path: `places.${places.indexOf(place)}`,
    message: `${place} belongs to ${zone}`,
  }))
  return new AppError('INVALID_INPUT', 'A place belongs to one zone only.', { details: { errors } })
}

async function refuseTakenName<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const failure = classifyDbError(error)
    if (failure.kind === 'unique' && failure.constraint === 'shipping_zone_name_key') {
      throw invalidField('name', 'Another zone has this name')
    }
    if (failure.kind === 'unique' && failure.constraint === 'shipping_place_pkey') {
      throw invalidField('places', 'A place was given to another zone just now')
    }
    throw error
  }
}
