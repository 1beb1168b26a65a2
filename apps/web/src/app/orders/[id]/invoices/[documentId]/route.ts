import { isId } from '@souk/kernel/id'
import { readInvoice } from '../../../../../data/invoices.ts'

type Context = { params: Promise<{ id: string; documentId: string }> }

/** The PDF, fetched here so that no key of a guest or customer stands in an address. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id, documentId } = await params
  if (!isId(id) || !isId(documentId)) return new Response(null, { status: 404 })
  const file = await readInvoice(id, documentId).catch(() => null)
  if (file === null) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  if (!file) return new Response(null, { status: 404 })
  return new Response(Buffer.from(file.base64, 'base64'), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'private, no-store',
    },
  })
}
