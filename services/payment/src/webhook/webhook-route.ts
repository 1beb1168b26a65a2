import { randomUUID } from 'node:crypto'
import { backgroundScope, runInRequest } from '@souk/service/request'
import type { HttpServer } from '@souk/service/serve'
import type { PaymentContext } from '../context.ts'
import { receiveWebhook } from './receive-webhook.ts'

const maxBytes = 256 * 1024

/** POST /webhooks/:provider with the bytes exactly as they came, for the signature is over them. */
export function webhookRoute(server: HttpServer, ctx: PaymentContext): void {
  server.app.register((app, _options, done) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, parsed) =>
      parsed(null, body),
    )
    app.post<{ Params: { provider: string } }>('/webhooks/:provider', async (request, reply) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { headers, params } = request
      const answer = await runInRequest(backgroundScope('webhook', randomUUID()), async () => {
        return await receiveWebhook(ctx, params.provider, { headers, rawBody })
      })
      return await reply.code(answer.status).send({ outcome: answer.outcome })
    })
    done()
  })
}
