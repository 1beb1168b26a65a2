import type { FastifyInstance } from 'fastify'
import type { RawNeighbour } from './raw.ts'

const timeoutMs = 7000
/** Ours, or about the connection: none of the payment service's business. */
const notPassed = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])

/**
 * Hands a provider's message to the payment service byte by byte: a signature covers exactly what was
 * sent. The answer goes back unchanged too, so that the provider repeats what was not stored.
 */
export function serveWebhooks(app: FastifyInstance, payment: RawNeighbour): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post<{ Params: { provider: string } }>('/webhooks/payments/:provider', async (request, reply) => {
      const headers = Object.entries(request.headers).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && !notPassed.has(entry[0]),
      )
      const answer = await payment({
        method: 'POST',
        path: `/webhooks/${encodeURIComponent(request.params.provider)}`,
        headers: Object.fromEntries(headers),
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        actor: { kind: 'service', name: 'gateway' },
        timeoutMs,
      })
      return await reply
        .code(answer.status)
        .type(answer.headers['content-type'] ?? 'application/json; charset=utf-8')
        .send(answer.body)
    })
    done()
  })
}
