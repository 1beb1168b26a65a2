import { isId } from '@souk/kernel/id'
import { findSession } from '../../../../../data/session.ts'
import { readEnv } from '../../../../../env.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** Pipes the gateway's stream of one order: a browser's EventSource can send no token, and none belongs in an address. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { id } = await context.params
  const session = await findSession()
  if (!session) return new Response(null, { status: 401 })
  if (!isId(id)) return new Response(null, { status: 404 })
  const answer = await fetch(`${readEnv().GATEWAY_URL}/api/v1/orders/${id}/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${session.accessToken}` },
    cache: 'no-store',
    signal: request.signal,
  }).catch(() => undefined)
  if (!answer?.ok || !answer.body) return new Response(null, { status: answer?.status ?? 503 })
  return new Response(answer.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
