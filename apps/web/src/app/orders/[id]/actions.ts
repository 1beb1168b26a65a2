'use server'

import { isId } from '@souk/kernel/id'
import { type CancelResult, cancelOrder } from '../../../data/orders.ts'

export async function cancel(orderId: unknown): Promise<CancelResult> {
  if (typeof orderId !== 'string' || !isId(orderId)) {
    return { status: 'refused', message: 'There is no such order.' }
  }
  return await cancelOrder(orderId)
}
