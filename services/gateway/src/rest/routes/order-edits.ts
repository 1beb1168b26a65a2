import { Id } from '@souk/kernel/id'
import { EditOrder, Order, OrderEditPreview, PreviewOrderEdit } from '@souk/order/contract'
import { z } from 'zod'
import { idOfKey } from '../id-of-key.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Orders'
const OrderParams = z.strictObject({ id: Id })

export const orderEditRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/edits/preview',
    operationId: 'previewOrderEdit',
    tag,
    summary: 'See what an edit would make of an order',
    description: 'The lines and totals as they would become, and what would go back. Nothing is written.',
    access: 'staff',
    params: OrderParams,
    body: PreviewOrderEdit.omit({ id: true }),
    answer: { status: 200, schema: OrderEditPreview, description: 'The order as it would become' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.order.previewEdit',
    run: async ({ services, params, body }) =>
      await services.order.order.previewEdit.query({ ...body, id: params.id }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/edits',
    operationId: 'editOrder',
    tag,
    summary: 'Take pieces out of an order',
    description:
      '`items` are all lines that stay. For an order that is confirmed or being processed and of which nothing has left. The pieces go back on sale and the difference goes back to the customer, who gets a mail. Pieces cannot be added: make a draft order for them. 409 when the order changed meanwhile.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: OrderParams,
    body: EditOrder.omit({ id: true, editId: true }),
    answer: { status: 201, schema: Order, description: 'The order with its edits' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.edit',
    run: async ({ services, params, body, principal }) =>
      await services.order.order.edit.mutate({
        ...body,
        id: params.id,
        editId: idOfKey(principal, `edit ${params.id}`),
      }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/edits/{editId}/retry',
    operationId: 'retryOrderEdit',
    tag,
    summary: 'Give the money of an edit back again',
    description: 'For an edit whose refund was refused.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: z.strictObject({ id: Id, editId: Id }),
    answer: { status: 200, schema: Order, description: 'The order with its edits' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.retryEdit',
    run: async ({ services, params }) => await services.order.order.retryEdit.mutate(params),
  }),
]
