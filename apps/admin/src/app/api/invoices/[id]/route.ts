import { createSoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { isId } from '@souk/kernel/id'
import { findSession } from '../../../../data/session.ts'
import { readEnv } from '../../../../env.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** An invoice or credit note as PDF: a link can carry no token of its own. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { id } = await context.params
  const session = await findSession()
  if (!session) return new Response(null, { status: 401 })
  if (!isId(id)) return new Response(null, { status: 404 })
  const client = createSoukClient({ url: readEnv().GATEWAY_URL, token: async () => session.accessToken })
  try {
    const { fileName, base64 } = await client.order.documentPdf.query({ id })
    return new Response(Buffer.from(base64, 'base64'), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'private, no-store',
      },
    })
  } catch (error) {
    return new Response(null, { status: readSoukError(error).code === 'NOT_FOUND' ? 404 : 503 })
  }
}
