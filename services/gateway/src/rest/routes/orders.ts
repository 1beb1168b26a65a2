import { Id } from '@souk/kernel/id'
import { pageOf } from '@souk/kernel/page'
import {
  CancelOrder,
  ChangeStatus,
  ListOrders,
  Order,
  OrderSummary,
  PlacedOrder,
  PlaceOrder,
} from '@souk/order/contract'
import { z } from 'zod'
import { orderEventsPath } from '../../live/order-events-path.ts'
import { placeOrder } from '../place-order.ts'
import { pageQuery } from '../query.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Orders'
const OrderParams = z.strictObject({ id: Id })
export const OrderList = pageOf(OrderSummary)

export const orderRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/orders',
    operationId: 'placeOrder',
    tag,
    summary: 'Place an order',
    description:
      'Also for guests. Send an Idempotency-Key: the same request with the same key is answered with the first order. 201 means that the order stands: `confirmed`, `awaiting_payment` (do what `payment.action` says) or `pending` (still being settled, by itself). With `expectedTotal` nothing is ordered at another total. A guest keeps `accessToken` and sends it as X-Order-Token later.',
    access: 'public',
    limit: 'order',
    headers: ['Idempotency-Key'],
    body: PlaceOrder.omit({ id: true }),
    answer: { status: 201, schema: PlacedOrder, description: 'The order' },
    problems: [
      'payment_declined',
      'out_of_stock',
      'price_changed',
      'idempotency_in_flight',
      'idempotency_conflict',
      'rate_limited',
    ],
    calls: 'order.order.place',
    run: async ({ services, body }) => await placeOrder(services, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/orders',
    operationId: 'listOrders',
    tag,
    summary: 'Orders, newest first',
    description: 'Customers see their own, staff see all. `q` (number, e-mail or name) is for staff.',
    access: 'customer',
    query: z.strictObject({ status: ListOrders.shape.status, q: ListOrders.shape.q, ...pageQuery }),
    answer: { status: 200, schema: OrderList, description: 'Orders' },
    calls: 'order.order.list',
    run: async ({ services, query }) => await services.order.order.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/orders/{id}',
    operationId: 'getOrder',
    tag,
    summary: 'One order with its timeline',
    access: 'public',
    headers: ['X-Order-Token'],
    params: OrderParams,
    answer: { status: 200, schema: Order, description: 'The order' },
    problems: ['not_found'],
    calls: 'order.order.get',
    run: async ({ services, params, orderToken }) =>
      await services.order.order.get.query({ id: params.id, orderToken }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/cancel',
    operationId: 'cancelOrder',
    tag,
    summary: 'Cancel an order that was not sent yet',
    access: 'public',
    headers: ['Idempotency-Key', 'X-Order-Token'],
    params: OrderParams,
    body: z.strictObject({ reason: CancelOrder.shape.reason }),
    answer: { status: 200, schema: Order, description: 'The order' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.order.cancel',
    run: async ({ services, params, body, orderToken }) =>
      await services.order.order.cancel.mutate({ ...body, id: params.id, orderToken }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/orders/{id}/status',
    operationId: 'changeOrderStatus',
    tag,
    summary: 'Take the next step',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: OrderParams,
    body: ChangeStatus.omit({ id: true }),
    answer: { status: 200, schema: Order, description: 'The order' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.order.changeStatus',
    run: async ({ services, params, body }) =>
      await services.order.order.changeStatus.mutate({ ...body, id: params.id }),
  }),
  {
    method: 'GET',
    path: orderEventsPath,
    operationId: 'followOrder',
    tag,
    summary: 'Follow an order live',
    description:
      'Server-sent events: `event: order` with the order as JSON, first as it is and then whenever it changes. The stream ends after 15 minutes at the latest; connect again.',
    access: 'public',
    headers: ['X-Order-Token'],
    params: OrderParams,
    answer: { status: 200, schema: Order, description: 'A stream of orders' },
    answerType: 'text/event-stream',
    problems: ['not_found'],
    calls: 'order.order.get',
  },
]
