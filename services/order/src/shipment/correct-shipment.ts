import { notFound } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { CorrectShipment, Order } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { correctTracking } from './shipment.ts'
import { findParcel, setTracking } from './shipment-store.ts'

/** The customer is written to again, because the mail before named another parcel. */
export async function correctShipment(ctx: OrderContext, input: CorrectShipment): Promise<Order> {
  const actor = actorOf(ctx.principal)
  const to = { carrier: input.carrier ?? null, trackingNumber: input.trackingNumber ?? null }
  const command = { operation: 'order.correctShipment', id: input.id, input }
  const order = await changeLocked(ctx, command, async (tx, current) => {
    const parcel = await findParcel(tx, current.id, input.shipmentId)
    if (!parcel) throw notFound('parcel')
    const change = correctTracking(current, actor, parcel, to)
    if (change) await setTracking(tx, parcel.id, to)
    return change
  })
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}
