import { Id } from '@souk/kernel/id'
import { pageOf } from '@souk/kernel/page'
import {
  ApproveReturn,
  ChangeExchange,
  DeclineReturn,
  ExchangeOptions,
  ListExchangeOptions,
  ListReturns,
  Order,
  ReceiveReturn,
  RefundReturn,
  RequestReturn,
  ReturnDetail,
  ReturnSummary,
} from '@souk/order/contract'
import { z } from 'zod'
import { idOfKey } from '../id-of-key.ts'
import { pageQuery } from '../query.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Returns'
const Params = z.strictObject({ id: Id })
export const ReturnList = pageOf(ReturnSummary)
const answer = { status: 200, schema: ReturnDetail, description: 'The return' } as const
const problems = ['not_found', 'invalid_state', 'idempotency_conflict'] as const

export const returnRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/returns',
    operationId: 'requestReturn',
    tag,
    summary: 'Ask to return goods',
    description:
      'For the customer of an order, or a guest with its key: of each item up to `returnableQuantity`. Every parcel has its own time, from its delivery; the others may still be on their way. A line with `exchangeFor` is exchanged for that variant instead of paid back. Staff approve or decline; send an Idempotency-Key, so that the same request is the same return.',
    access: 'public',
    headers: ['Idempotency-Key', 'X-Order-Token'],
    params: Params,
    body: RequestReturn.omit({ id: true, orderToken: true, returnId: true }),
    answer: { status: 201, schema: Order, description: 'The order with its returns' },
    problems: [...problems],
    calls: 'order.return.request',
    run: async ({ services, params, body, orderToken, principal }) =>
      await services.order.return.request.mutate({
        ...body,
        id: params.id,
        orderToken,
        returnId: idOfKey(principal, `return ${params.id}`),
      }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/orders/{id}/items/{sku}/exchange-options',
    operationId: 'listExchangeOptions',
    tag,
    summary: 'What a piece of an order can be exchanged for',
    description:
      'The variants of its product as they are sold today, each with what would be paid on top or go back for one piece. Ask for a return with `exchangeFor` to have one of them instead of the money.',
    access: 'public',
    headers: ['X-Order-Token'],
    params: Params.extend({ sku: ListExchangeOptions.shape.sku }),
    answer: { status: 200, schema: ExchangeOptions, description: 'Variants' },
    problems: ['not_found'],
    calls: 'order.return.exchangeOptions',
    run: async ({ services, params, orderToken }) =>
      await services.order.return.exchangeOptions.query({ ...params, orderToken }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/returns',
    operationId: 'listReturns',
    tag,
    summary: 'Returns, newest first',
    description: '`q` is a number of a return or order, an e-mail or a name.',
    access: 'staff',
    query: z.strictObject({ status: ListReturns.shape.status, q: ListReturns.shape.q, ...pageQuery }),
    answer: { status: 200, schema: ReturnList, description: 'Returns' },
    calls: 'order.return.list',
    run: async ({ services, query }) => await services.order.return.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/returns/{id}',
    operationId: 'getReturn',
    tag,
    summary: 'One return with what may be given back for it',
    access: 'staff',
    params: Params,
    answer,
    problems: ['not_found'],
    calls: 'order.return.get',
    run: async ({ services, params }) => await services.order.return.get.query(params),
  }),
  route({
    method: 'POST',
    path: '/api/v1/returns/{id}/approve',
    operationId: 'approveReturn',
    tag,
    summary: 'Let the goods be sent',
    description:
      'The customer is written to, with `answer` as instructions. What is sent instead is held from now on at the price of now: what was asked for, or `exchange`.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: Params,
    body: ApproveReturn.omit({ id: true }),
    answer,
    problems: [...problems, 'conflict'],
    calls: 'order.return.approve',
    run: async ({ services, params, body }) =>
      await services.order.return.approve.mutate({ ...body, ...params }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/returns/{id}/decline',
    operationId: 'declineReturn',
    tag,
    summary: 'Decline a return',
    description: 'Also for goods that were approved and never came. The customer is told `answer`.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: Params,
    body: DeclineReturn.omit({ id: true }),
    answer,
    problems: [...problems],
    calls: 'order.return.decline',
    run: async ({ services, params, body }) =>
      await services.order.return.decline.mutate({ ...body, ...params }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/returns/{id}/exchange',
    operationId: 'exchangeReturn',
    tag,
    summary: 'Choose what is sent instead',
    description:
      'Names every line that is exchanged; the money of all others goes back, and an empty list takes the exchange back. Once the return is approved it is held at the price of now; too little in stock is a conflict that says what is left.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: Params,
    body: ChangeExchange.omit({ id: true, exchangeId: true }),
    answer,
    problems: [...problems, 'conflict'],
    calls: 'order.return.exchange',
    run: async ({ services, params, body, principal }) =>
      await services.order.return.exchange.mutate({
        ...body,
        ...params,
        exchangeId: idOfKey(principal, `exchange ${params.id}`),
      }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/returns/{id}/receive',
    operationId: 'receiveReturn',
    tag,
    summary: 'The goods are here',
    description:
      'Each line goes back on sale (`restock`) or off the books (`write_off`). The order becomes partially_returned or returned.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: Params,
    body: ReceiveReturn.omit({ id: true }),
    answer,
    problems: [...problems],
    calls: 'order.return.receive',
    run: async ({ services, params, body }) =>
      await services.order.return.receive.mutate({ ...body, ...params }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/returns/{id}/refund',
    operationId: 'refundReturn',
    tag,
    summary: 'Give the money back',
    description:
      'Without `amount`, what was paid for the goods, and for shipping when asked. `refunding` settles by itself; `completed` is paid. Zero closes the return without a refund.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: Params,
    body: RefundReturn.omit({ id: true }),
    answer,
    problems: [...problems],
    calls: 'order.return.refund',
    run: async ({ services, params, body }) =>
      await services.order.return.refund.mutate({ ...body, ...params }),
  }),
]
