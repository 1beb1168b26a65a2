import { notFound } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { DeliverShipment, Order as OrderView } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import type { Order } from '../order/order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { deliver, deliverParcel } from './shipment.ts'
import { findParcel, markDelivered } from './shipment-store.ts'

/** A parcel that had arrived before changes nothing. */
export async function deliverShipment(ctx: OrderContext, input: DeliverShipment): Promise<OrderView> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'order.deliverShipment', id: input.id, input }
  const order = await changeLocked(ctx, command, async (tx, current) => {
    const parcel = await findParcel(tx, current.id, input.shipmentId)
    if (!parcel) throw notFound('parcel')
    const change = deliverParcel(current, actor, parcel, input.note ?? null)
    if (change) await markDelivered(tx, current.id, parcel.id, ctx.settings.returnDays)
    return change
  })
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

/** The whole order, whatever number of parcels it went in. */
export async function deliverOrder(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  note: string | null,
): Promise<Order> {
  const actor = actorOf(ctx.principal)
  return await changeLocked(ctx, command, async (tx, order) => {
    const change = deliver(order, actor, note)
    await markDelivered(tx, order.id, null, ctx.settings.returnDays)
    return change
  })
}
