import type { Order, OrderedItem } from '@souk/order/contract'

/** The lines of an order with the pieces that no parcel has taken yet. */
export function leftToShip(order: Pick<Order, 'items'>): OrderedItem[] {
  return order.items
    .map((item) => ({ ...item, quantity: item.quantity - item.shippedQuantity }))
    .filter(({ quantity }) => quantity > 0)
}

/** How many of what is left to ship are there to be packed. */
export function hereOf({ quantity, shipsLater }: Pick<OrderedItem, 'quantity' | 'shipsLater'>): number {
  return Math.max(0, quantity - shipsLater)
}

export function isPartShipped(order: Pick<Order, 'items'>): boolean {
  return order.items.some(({ shippedQuantity }) => shippedQuantity > 0)
}
