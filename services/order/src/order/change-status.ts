import { AppError } from '@souk/kernel/errors'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ChangeStatus, Order as OrderView } from '../contract.ts'
import { actorOf } from './access.ts'
import { changeOrder } from './change-order.ts'
import {
  type Actor,
  type Change,
  cancel,
  deliver,
  type Order,
  receiveReturn,
  ship,
  startProcessing,
} from './order.ts'
import { loadStory } from './order-store.ts'
import { viewOrder } from './view-order.ts'

export async function changeStatus(
  ctx: OrderContext,
  input: z.output<typeof ChangeStatus>,
): Promise<OrderView> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'order.changeStatus', id: input.id, input }
  const order = await changeOrder(ctx, command, (current) => step(current, actor, input))
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

function step(order: Order, actor: Actor, input: z.output<typeof ChangeStatus>): Change {
  const note = input.note ?? null
  switch (input.status) {
    case 'processing':
      return startProcessing(order, actor, note)
    case 'shipped':
      return ship(
        order,
        actor,
        { carrier: input.carrier ?? null, trackingNumber: input.trackingNumber ?? null },
        note,
      )
    case 'delivered':
      return deliver(order, actor, note)
    case 'returned':
      return receiveReturn(order, actor, input.lines, note)
    case 'partially_returned':
      if (input.lines) return receiveReturn(order, actor, input.lines, note)
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
