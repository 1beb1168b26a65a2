import 'server-only'
import type { SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import type { OrderDocument, PdfFile } from '@souk/order/contract'
import { gatewayFor } from './gateway.ts'
import { accessTo } from './orders.ts'

/** The invoices and credit notes of an order; nothing for somebody else's order. */
export async function listInvoices(orderId: string): Promise<OrderDocument[] | undefined> {
  const answer = await askAbout(
    orderId,
    async (gateway, orderToken) => await gateway.order.documents.query({ id: orderId, orderToken }),
  )
  return answer?.items
}

export async function readInvoice(orderId: string, documentId: string): Promise<PdfFile | undefined> {
  return await askAbout(
    orderId,
    async (gateway, orderToken) => await gateway.order.documentPdf.query({ id: documentId, orderToken }),
  )
}

async function askAbout<Answer>(
  orderId: string,
  ask: (gateway: SoukClient, orderToken: string | undefined) => Promise<Answer>,
): Promise<Answer | undefined> {
  const { accessToken, orderToken } = await accessTo(orderId)
  const askAs = async (token: string | undefined) => await ask(await gatewayFor(token), orderToken)
  try {
    return await askAs(accessToken)
  } catch (error) {
    const { code } = readSoukError(error)
    if (code === 'NOT_FOUND' || code === 'INVALID_INPUT') return undefined
    // A session that was ended elsewhere must not stand between a guest and their order.
    if (code === 'UNAUTHENTICATED') return await askAs(undefined).catch(() => undefined)
    throw error
  }
}
