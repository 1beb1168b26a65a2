import 'server-only'
import { readSoukError } from '@souk/api/client-error'
import { isId } from '@souk/kernel/id'
import type { ExchangeOption, Order, OrderSummary, RequestReturn } from '@souk/order/contract'
import { cookies } from 'next/headers'
import { readEnv } from '../env.ts'
import { orderTokenCookie } from '../order-token.ts'
import { paths } from '../paths.ts'
import { readAsCustomer } from './account.ts'
import { gatewayFor, visitorHeaders } from './gateway.ts'
import { getSession } from './session.ts'

/** What shows that the visitor may see an order: who they are, or a guest's key. */
type Access = { accessToken: string | undefined; orderToken: string | undefined }

export async function accessTo(orderId: string): Promise<Access> {
  const [session, jar] = await Promise.all([getSession(), cookies()])
  return { accessToken: session?.accessToken, orderToken: jar.get(orderTokenCookie(orderId))?.value }
}

/** The order, or nothing for one that does not exist and for one that is somebody else's alike. */
export async function findOrder(orderId: string): Promise<Order | undefined> {
  if (!isId(orderId)) return undefined
  const { accessToken, orderToken } = await accessTo(orderId)
  const ask = async (token: string | undefined) =>
    await (await gatewayFor(token)).order.get.query({ id: orderId, orderToken })
  try {
    return await ask(accessToken)
  } catch (error) {
    const { code } = readSoukError(error)
    if (code === 'NOT_FOUND' || code === 'INVALID_INPUT') return undefined
    // A session that was ended elsewhere must not stand between a guest and their order.
    if (code === 'UNAUTHENTICATED') return await ask(undefined).catch(() => undefined)
    throw error
  }
}

export type CancelResult = { status: 'cancelled'; order: Order } | { status: 'refused'; message: string }

export async function cancelOrder(orderId: string): Promise<CancelResult> {
  const { accessToken, orderToken } = await accessTo(orderId)
  const gateway = await gatewayFor(accessToken)
  try {
    return { status: 'cancelled', order: await gateway.order.cancel.mutate({ id: orderId, orderToken }) }
  } catch (error) {
    return { status: 'refused', message: readSoukError(error).message }
  }
}

/** What has not left of an order of which a part has. The same id again is the same cancellation. */
export async function cancelRestOf(orderId: string, editId: string): Promise<CancelResult> {
  const { accessToken, orderToken } = await accessTo(orderId)
  const gateway = await gatewayFor(accessToken)
  try {
    const order = await gateway.order.cancelRest.mutate({ id: orderId, orderToken, editId })
    return { status: 'cancelled', order }
  } catch (error) {
    return { status: 'refused', message: readSoukError(error).message }
  }
}

export type ReturnResult = { status: 'requested'; order: Order } | { status: 'refused'; message: string }

export async function requestReturnOf(
  orderId: string,
  wish: Omit<RequestReturn, 'id' | 'orderToken'>,
): Promise<ReturnResult> {
  const { accessToken, orderToken } = await accessTo(orderId)
  const gateway = await gatewayFor(accessToken)
  try {
    const order = await gateway.order.requestReturn.mutate({ ...wish, id: orderId, orderToken })
    return { status: 'requested', order }
  } catch (error) {
    return { status: 'refused', message: readSoukError(error).message }
  }
}

export type ExchangeResult = { status: 'found'; options: ExchangeOption[] } | { status: 'failed' }

/** What a piece of the order can be exchanged for. */
export async function exchangeOptionsOf(orderId: string, sku: string): Promise<ExchangeResult> {
  const { accessToken, orderToken } = await accessTo(orderId)
  const gateway = await gatewayFor(accessToken)
  try {
    const { items } = await gateway.order.exchangeOptions.query({ id: orderId, orderToken, sku })
    return { status: 'found', options: items }
  } catch {
    return { status: 'failed' }
  }
}

/** The gateway's stream of this order, for as long as the visitor listens. */
export async function openOrderEvents(orderId: string, signal: AbortSignal): Promise<Response> {
  const { accessToken, orderToken } = await accessTo(orderId)
  return await fetch(`${readEnv().GATEWAY_URL}/api/v1/orders/${encodeURIComponent(orderId)}/events`, {
    headers: {
      ...(await visitorHeaders()),
      accept: 'text/event-stream',
      ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      ...(orderToken ? { 'x-order-token': orderToken } : {}),
    },
    cache: 'no-store',
    signal,
  })
}

export type OrderPage = { items: OrderSummary[]; nextCursor: string | null }

export async function listMyOrders(cursor: string | undefined): Promise<OrderPage> {
  return await readAsCustomer(paths.accountOrders(), (gateway) =>
    gateway.order.mine.query({ limit: 10, cursor }),
  )
}
