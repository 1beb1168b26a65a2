import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { pageOf } from '@souk/kernel/page'
import { CreateRefund, ListPayments, Payment, PaymentMethods, Refund } from '@souk/payment/contract'
import { z } from 'zod'
import { idOfKey } from '../id-of-key.ts'
import { pageQuery } from '../query.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Payments'
const PaymentParams = z.strictObject({ id: Id })
export const PaymentList = pageOf(Payment)

export const paymentRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/payment-methods',
    operationId: 'listPaymentMethods',
    tag,
    summary: 'How one can pay here: banks and wallets as the provider lists them',
    access: 'public',
    answer: { status: 200, schema: PaymentMethods, description: 'Means of payment' },
    calls: 'payment.payment.methods',
    run: async ({ services }) => await services.payment.payment.methods.query(),
  }),
  route({
    method: 'GET',
    path: '/api/v1/payments',
    operationId: 'listPayments',
    tag,
    summary: 'Payments, newest first',
    access: 'staff',
    query: z.strictObject({ status: ListPayments.shape.status, ...pageQuery }),
    answer: { status: 200, schema: PaymentList, description: 'Payments' },
    calls: 'payment.payment.list',
    run: async ({ services, query }) => await services.payment.payment.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/payments/{id}',
    operationId: 'getPayment',
    tag,
    summary: 'One payment with its attempts and refunds',
    access: 'public',
    headers: ['X-Order-Token'],
    params: PaymentParams,
    answer: { status: 200, schema: Payment, description: 'The payment' },
    problems: ['not_found'],
    calls: 'payment.payment.get',
    run: async ({ services, params, orderToken }) =>
      await services.payment.payment.get.query({ id: params.id, orderToken }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/payments/{id}/refunds',
    operationId: 'createRefund',
    tag,
    summary: 'Give money back',
    description:
      'All that is left when `amount` is absent. The way it was paid, the provider’s part first; or as `store_credit` of the customer, or as a new `gift_card` whose code goes to `recipientEmail`.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: PaymentParams,
    body: z.strictObject({
      amount: Money.optional(),
      reason: CreateRefund.shape.reason,
      to: CreateRefund.shape.to,
      recipientEmail: CreateRefund.shape.recipientEmail,
    }),
    answer: { status: 201, schema: Refund, description: 'The refund' },
    problems: ['not_found', 'invalid_state', 'conflict', 'idempotency_conflict'],
    calls: 'payment.payment.refund',
    run: async ({ services, params, body, principal }) =>
      await services.payment.payment.refund.mutate({
        ...body,
        id: idOfKey(principal, `refund ${params.id}`),
        paymentId: params.id,
      }),
  }),
  {
    method: 'POST',
    path: '/webhooks/payments/{provider}',
    operationId: 'receiveWebhook',
    tag,
    summary: 'What a payment provider tells us',
    description:
      "For providers only: signed in the provider's own way, and passed on byte by byte. Any answer but 2xx asks for it to be sent again.",
    access: 'public',
    params: z.strictObject({ provider: z.string() }),
    answer: { status: 200, description: 'Stored' },
    problems: ['not_found', 'unauthenticated'],
    calls: 'payment POST /webhooks/:provider',
  },
]
