import type { Services } from '@souk/api/services'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { PlacedOrder, PlaceOrder } from '@souk/order/contract'

/**
 * Places an order and answers it; what a screen would have to show becomes a problem. The id is new each
 * time: with an Idempotency-Key the order service finds the first order by the key and answers that one.
 */
export async function placeOrder(services: Services, body: Omit<PlaceOrder, 'id'>): Promise<PlacedOrder> {
  const result = await services.order.order.place.mutate({ ...body, id: newId() })
  switch (result.status) {
    case 'placed':
      return result.order
    case 'out_of_stock':
      throw new AppError('CONFLICT', 'There is not enough in stock. Nothing was ordered.', {
        details: { reason: 'out_of_stock', lines: result.lines },
      })
    case 'price_changed':
      throw new AppError('CONFLICT', 'The price has changed. Nothing was ordered.', {
        details: { reason: 'price_changed', totals: result.totals },
      })
    case 'payment_declined':
      throw new AppError('CONFLICT', result.message, {
        details: { reason: 'payment_declined', orderId: result.orderId },
      })
  }
}
