import type { Order, OrderedItem } from '@souk/order/contract'

/** The lines of an order with the pieces that no parcel has taken yet. */
export function leftToShip(order: Pick<Order, 'items'>): OrderedItem[] {
  return order.items
    .map((item) => ({ ...item, quantity: item.quantity - item.shippedQuantity }))
    .filter(({ quantity }) => quantity > 0)
}

export function isPartShipped(order: Pick<Order, 'items'>): boolean {
  return order.items.some(({ shippedQuantity }) => shippedQuantity > 0)
}
