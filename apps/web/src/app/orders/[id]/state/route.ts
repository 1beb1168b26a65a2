import { findOrder } from '../../../../data/orders.ts'

type Context = { params: Promise<{ id: string }> }

/** The order as it stands, for a page whose live connection is down. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const order = await findOrder((await params).id).catch(() => null)
  if (order === null) return new Response(null, { status: 503, headers: { 'retry-after': '10' } })
  if (!order) return new Response(null, { status: 404 })
  return Response.json(order, { headers: { 'cache-control': 'no-store' } })
}
