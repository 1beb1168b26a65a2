import { Id } from '@souk/kernel/id'
import { CancelRest, EditOrder, Order, OrderEditPreview, PreviewOrderEdit } from '@souk/order/contract'
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
    description:
      'The lines and totals as they would become, what would go back, and for what is added in `add` what is still to be paid. Nothing is written.',
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
    summary: 'Take pieces out of an order, add others, or both',
    description:
      '`items` are all lines that stay, `add` is what comes in addition; nothing may stay when something else takes its place. For an order that is confirmed or being processed and of which nothing has left. Pieces that are taken out go back on sale. What is added is an order of its own, shown in `followUps`: its price is fixed and its goods are held, money of this order pays for it first, and for the rest the customer gets a mail with a link. With `pricedAs` a piece costs what was paid for a piece of that line, otherwise what it costs today. What is not needed goes back to the customer. 409 with `out_of_stock`, or when the order changed meanwhile.',
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
    method: 'GET',
    path: '/api/v1/orders/{id}/rest',
    operationId: 'previewRest',
    tag,
    summary: 'See what an order would be without what has not left',
    description: 'What `cancelRest` would make of it, and what would go back. Nothing is written.',
    access: 'public',
    headers: ['X-Order-Token'],
    params: OrderParams,
    answer: { status: 200, schema: OrderEditPreview, description: 'The order as it would become' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.order.previewRest',
    run: async ({ services, params, orderToken }) =>
      await services.order.order.previewRest.query({ id: params.id, orderToken }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/cancel-rest',
    operationId: 'cancelRest',
    tag,
    summary: 'Cancel what has not left',
    description:
      'For an order of which a part has left, by staff or its customer. The pieces go back on sale, their money goes back or is not taken, and the order goes on as if the parcels that have left were all: `shipped`, `delivered`, `partially_returned` or `returned`. 409 when somebody else has sent the rest meanwhile.',
    access: 'public',
    headers: ['Idempotency-Key', 'X-Order-Token'],
    params: OrderParams,
    body: CancelRest.omit({ id: true, editId: true, orderToken: true }),
    answer: { status: 200, schema: Order, description: 'The order without its rest' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.cancelRest',
    run: async ({ services, params, body, principal, orderToken }) =>
      await services.order.order.cancelRest.mutate({
        ...body,
        id: params.id,
        orderToken,
        editId: idOfKey(principal, `rest ${params.id}`),
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
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/follow-ups/{followUpId}/withdraw',
    operationId: 'withdrawFollowUp',
    tag,
    summary: 'Withdraw what was added to an order',
    description:
      'For a follow-up that the customer has not paid yet. Its goods are let go, and the money that was to pay for it goes back to the customer. Withdrawing twice changes nothing more.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: z.strictObject({ id: Id, followUpId: Id }),
    answer: { status: 200, schema: Order, description: 'The order with its follow-ups' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.withdrawFollowUp',
    run: async ({ services, params }) => await services.order.order.withdrawFollowUp.mutate(params),
  }),
]
