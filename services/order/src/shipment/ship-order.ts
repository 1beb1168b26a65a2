import { AppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { Order as OrderView, ShipOrder } from '../contract.ts'
import { worthOnlyWith } from '../edit/price-edit.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import type { Order } from '../order/order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { isSameParcel, ship } from './shipment.ts'
import { findParcel, insertParcel } from './shipment-store.ts'

export async function shipOrder(ctx: OrderContext, input: ShipOrder): Promise<OrderView> {
  const order = await sendParcel(ctx, { operation: 'order.ship', id: input.id, input }, input)
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

/** The same parcel again changes nothing. Of two people who send the same pieces at once, the second is refused. */
export async function sendParcel(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  input: ShipOrder,
): Promise<Order> {
  const actor = actorOf(ctx.principal)
  const asked = {
    id: input.shipmentId,
    lines: input.lines,
    carrier: input.carrier ?? null,
    trackingNumber: input.trackingNumber ?? null,
  }
  return await changeLocked(ctx, command, async (tx, order) => {
    const known = await findParcel(tx, order.id, input.shipmentId)
    if (known) {
      if (isSameParcel(known, input.lines)) return undefined
      throw new AppError(
        'CONFLICT',
        'This parcel left with other goods in it. Use a new id for another one.',
        {
          details: { reason: 'id_taken' },
        },
      )
    }
    const { change, parcel } = ship(order, actor, asked, input.note ?? null, (pieces) =>
      worthOnlyWith(order, pieces),
    )
    await insertParcel(tx, order.id, parcel)
    return change
  })
}
