export const dynamic = 'force-dynamic'

/** Alive. What the pages need is the gateway's to say, at its own `/readyz`. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
