import { isId } from '@souk/kernel/id'
import { listInvoices } from '../../../../data/invoices.ts'

type Context = { params: Promise<{ id: string }> }

/** The documents of an order, for its page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params
  const items = isId(id) ? await listInvoices(id).catch(() => null) : undefined
  if (items === null) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  if (!items) return new Response(null, { status: 404 })
  return Response.json({ items }, { headers: { 'cache-control': 'private, no-store' } })
}
