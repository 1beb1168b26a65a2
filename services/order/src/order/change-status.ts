import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ChangeStatus, Order as OrderView } from '../contract.ts'
import { deliverOrder } from '../shipment/deliver-shipment.ts'
import { sendParcel } from '../shipment/ship-order.ts'
import { actorOf } from './access.ts'
import { changeOrder } from './change-order.ts'
import { type Actor, type Change, cancel, move, type Order, receiveReturn, startProcessing } from './order.ts'
import { loadStory } from './story-store.ts'
import { viewOrder } from './view-order.ts'

export async function changeStatus(
  ctx: OrderContext,
  input: z.output<typeof ChangeStatus>,
): Promise<OrderView> {
  const command = { operation: 'order.changeStatus', id: input.id, input }
  const order = await take(ctx, command, input)
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

async function take(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  input: z.output<typeof ChangeStatus>,
): Promise<Order> {
  const { id, status, carrier, trackingNumber, lines, note } = input
  if (status === 'shipped') {
    return await sendParcel(ctx, command, { id, shipmentId: newId(), carrier, trackingNumber, lines, note })
  }
  if (status === 'delivered') return await deliverOrder(ctx, command, note ?? null)
  const actor = actorOf(ctx.principal)
  return await changeOrder(ctx, command, (current) => step(current, actor, input))
}

function step(order: Order, actor: Actor, input: z.output<typeof ChangeStatus>): Change {
  const note = input.note ?? null
  switch (input.status) {
    case 'processing':
      return startProcessing(order, actor, note)
    case 'returned':
      return takeBack(order, actor, input)
    case 'partially_returned':
      if (input.lines) return takeBack(order, actor, input)
      throw new AppError('INVALID_INPUT', 'Say which goods came back.', {
        details: { errors: [{ path: 'lines', message: 'Required for a partial return' }] },
      })
    case 'cancelled':
      return cancel(order, actor, note ?? 'Cancelled by the shop')
    default:
      throw new AppError('INVALID_STATE', `Nobody can set an order to ${input.status} by hand.`, {
        details: { reason: 'invalid_state', status: order.status },
      })
  }
}

/** By hand only of an order that is all there; of single parcels by a return. */
function takeBack(
  order: Order,
  actor: Actor,
  { status, lines, note }: z.output<typeof ChangeStatus>,
): Change {
  const change = receiveReturn(order, actor, lines, note ?? null)
  move(order, status, actor)
  return change
}
