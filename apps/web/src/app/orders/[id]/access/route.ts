import { isId } from '@souk/kernel/id'
import { z } from 'zod'
import { readEnv } from '../../../../env.ts'
import { orderTokenCookie, orderTokenOptions } from '../../../../order-token.ts'

const Body = z.object({ token: z.string().min(1).max(200) })
type Context = { params: Promise<{ id: string }> }

/** A guest who has just ordered hands over the key to the order, so that it stands in no address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params
  const body = Body.safeParse(await request.json().catch(() => undefined))
  if (!isId(id) || !body.success) return Response.json({ title: 'Expected { token }' }, { status: 400 })
  const { path, maxAge, secure } = orderTokenOptions(id, readEnv().NEXTAUTH_URL)
  const value = encodeURIComponent(body.data.token)
  const cookie = `${orderTokenCookie(id)}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
}
