import type { Subscriptions } from '@souk/events/inbox'
import type { InventoryContext } from './context.ts'
import { onOrderCancelled } from './stock/on-order-cancelled.ts'
import { onOrderEdited } from './stock/on-order-edited.ts'
import { onOrderFailed } from './stock/on-order-failed.ts'
import { onOrderReturned } from './stock/on-order-returned.ts'
import { onOrdersConfirmed } from './stock/on-orders-confirmed.ts'
import { onProductCreated } from './stock/on-product-created.ts'
import { onProductUpdated } from './stock/on-product-updated.ts'

export function subscriptions(ctx: InventoryContext): Subscriptions {
  return {
    'product.created': async (event, tx) => await onProductCreated(ctx, event, tx),
    'product.updated': async (event, tx) => await onProductUpdated(ctx, event, tx),
    'order.confirmed': { together: async (events, tx) => await onOrdersConfirmed(ctx, events, tx) },
    'order.cancelled': async (event, tx) => await onOrderCancelled(ctx, event, tx),
    'order.edited': async (event, tx) => await onOrderEdited(ctx, event, tx),
    'order.failed': async (event, tx) => await onOrderFailed(ctx, event, tx),
    'order.returned': async (event, tx) => await onOrderReturned(ctx, event, tx),
  }
}
