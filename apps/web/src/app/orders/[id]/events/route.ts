import { isId } from '@souk/kernel/id'
import { openOrderEvents } from '../../../../data/orders.ts'

type Context = { params: Promise<{ id: string }> }

/** The gateway's live order, passed on here so that no key of a guest or customer stands in an address. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params
  if (!isId(id)) return new Response(null, { status: 404 })
  const upstream = await openOrderEvents(id, request.signal).catch(() => undefined)
  if (!upstream?.ok || !upstream.body) {
    await upstream?.body?.cancel()
    return new Response(null, { status: upstream?.status ?? 503, headers: { 'retry-after': '5' } })
  }
  return new Response(upstream.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
