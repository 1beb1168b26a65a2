'use server'

import { isId } from '@souk/kernel/id'
import { ListExchangeOptions, RequestReturn } from '@souk/order/contract'
import {
  type CancelResult,
  cancelOrder,
  cancelRestOf,
  type ExchangeResult,
  exchangeOptionsOf,
  type ReturnResult,
  requestReturnOf,
} from '../../../data/orders.ts'

export async function cancel(orderId: unknown): Promise<CancelResult> {
  if (typeof orderId !== 'string' || !isId(orderId)) {
    return { status: 'refused', message: 'There is no such order.' }
  }
  return await cancelOrder(orderId)
}

export async function cancelRest(orderId: unknown, editId: unknown): Promise<CancelResult> {
  if (typeof orderId !== 'string' || !isId(orderId) || typeof editId !== 'string' || !isId(editId)) {
    return { status: 'refused', message: 'There is no such order.' }
  }
  return await cancelRestOf(orderId, editId)
}

const Wish = RequestReturn.omit({ id: true, orderToken: true })

export async function requestReturn(orderId: unknown, wish: unknown): Promise<ReturnResult> {
  const read = Wish.safeParse(wish)
  if (typeof orderId !== 'string' || !isId(orderId) || !read.success) {
    return { status: 'refused', message: 'Please look at what you chose and try again.' }
  }
  return await requestReturnOf(orderId, read.data)
}

export async function exchangeOptions(orderId: unknown, sku: unknown): Promise<ExchangeResult> {
  const read = ListExchangeOptions.safeParse({ id: orderId, sku })
  if (!read.success) return { status: 'failed' }
  return await exchangeOptionsOf(read.data.id, read.data.sku)
}
