import { Id } from '@souk/kernel/id'
import { OrderDocumentList } from '@souk/order/contract'
import { z } from 'zod'
import { FileAnswer } from '../file-answer.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Invoices'

export const invoiceRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/orders/{id}/invoices',
    operationId: 'listInvoices',
    tag,
    summary: 'Invoices and credit notes of an order',
    description:
      'Oldest first. An invoice is issued within a second of the confirmation, a credit note within a second of a refund.',
    access: 'public',
    headers: ['X-Order-Token'],
    params: z.strictObject({ id: Id }),
    answer: { status: 200, schema: OrderDocumentList, description: 'Documents' },
    problems: ['not_found'],
    calls: 'order.invoice.list',
    run: async ({ services, params, orderToken }) =>
      await services.order.invoice.list.query({ id: params.id, orderToken }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/invoices/{id}/pdf',
    operationId: 'downloadInvoice',
    tag,
    summary: 'An invoice or credit note as PDF',
    description: 'The same bytes each time.',
    access: 'public',
    headers: ['X-Order-Token'],
    params: z.strictObject({ id: Id }),
    answer: { status: 200, description: 'The document', schema: z.string() },
    answerType: 'application/pdf',
    problems: ['not_found'],
    calls: 'order.invoice.pdf',
    run: async ({ services, params, orderToken }) => {
      const { fileName, base64 } = await services.order.invoice.pdf.query({ id: params.id, orderToken })
      return new FileAnswer(fileName, 'application/pdf', Buffer.from(base64, 'base64'))
    },
  }),
]
