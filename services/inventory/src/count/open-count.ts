import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { callerKey, once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { OpenCount, StockCount } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { findCount, insertCount } from './count-store.ts'

/** One walk at a time along the shelves of a place: two would each correct what the other corrects. */
export async function openCount(
  ctx: InventoryContext,
  input: z.output<typeof OpenCount>,
): Promise<StockCount> {
  const command = { operation: 'count.open', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    const locationId = await lockOpenLocation(tx, input.locationId)
    const id = newId()
    const createdBy = callerKey(ctx.principal)
    if (!(await insertCount(tx, { id, locationId, note: input.note || null, createdBy }))) {
      throw new AppError('CONFLICT', 'A count of this location is open already. Go on with that one.')
    }
    const count = await findCount(tx, id)
    if (!count) throw new Error('A count that was just written is gone')
    return count
  })
}
