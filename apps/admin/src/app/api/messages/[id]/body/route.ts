import { createSoukClient } from '@souk/api/client'
import { isId } from '@souk/kernel/id'
import { findSession } from '../../../../../data/session.ts'
import { readEnv } from '../../../../../env.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** The HTML of a message for the frame that shows it: no scripts, no forms, no way to the session. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { id } = await context.params
  const session = await findSession()
  if (!session) return new Response(null, { status: 401 })
  if (!isId(id)) return new Response(null, { status: 404 })
  const env = readEnv()
  const client = createSoukClient({ url: env.GATEWAY_URL, token: async () => session.accessToken })
  const message = await client.admin.mailbox.get.query({ id }).catch(() => undefined)
  if (!message) return new Response(null, { status: 404 })
  const policy = [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    `default-src 'none'`,
    `img-src data: https: ${new URL(env.GATEWAY_PUBLIC_URL).origin}`,
    `style-src 'unsafe-inline'`,
    `frame-ancestors 'self'`,
  ]
  return new Response(withOutsideLinks(message.html), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
    },
  })
}

/** Links open beside the back office and not inside the frame. */
function withOutsideLinks(html: string): string {
  const base = '<base target="_blank" rel="noopener">'
  return /<head[^>]*>/i.test(html)
    ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`)
    : `${base}${html}`
}
