import { renderDocument } from '@souk/invoice/render'
import { fileNameOf } from '@souk/invoice/snapshot'
import { AppError, notFound } from '@souk/kernel/errors'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { OrderRef, PdfFile } from '../contract.ts'
import { loadVisibleOrder } from '../order/access.ts'
import { findDocument } from './document-store.ts'

/** The document on paper, made from its snapshot: the same bytes each time. Somebody else's is missing. */
export async function getPdf(ctx: OrderContext, input: z.output<typeof OrderRef>): Promise<PdfFile> {
  const found = await findDocument(ctx.db.sql, input.id)
  if (!found) throw notFound('invoice')
  await loadVisibleOrder(ctx, found.orderId, input.orderToken).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound('invoice') : error
  })
  const pdf = await renderDocument(found.snapshot)
  return { fileName: fileNameOf(found.snapshot), base64: pdf.toString('base64') }
}
