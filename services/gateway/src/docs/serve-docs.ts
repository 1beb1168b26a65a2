import type { FastifyInstance, FastifyReply } from 'fastify'
import { openApiDocument } from '../rest/openapi.ts'
import type { RestRoute } from '../rest/route.ts'
import { docsPage } from './page.ts'

const forMinutes = 'public, max-age=300'

/** The description for machines at /openapi.json, for people at /docs, and our public keys. */
export function serveDocs(
  app: FastifyInstance,
  options: { routes: readonly RestRoute[]; baseUrl: string; jwks: { keys: readonly object[] } },
): void {
  const openApi = JSON.stringify(openApiDocument(options.routes, options.baseUrl))
  const page = docsPage(options.routes, options.baseUrl)
  const jwks = JSON.stringify(options.jwks)
  const json = async (reply: FastifyReply, body: string) =>
    await reply
      .header('cache-control', forMinutes)
      // A description is read by tools from anywhere; there is nothing private in it.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .type('application/json; charset=utf-8')
      .send(body)
  app.get('/openapi.json', async (_request, reply) => await json(reply, openApi))
  app.get('/.well-known/jwks.json', async (_request, reply) => await json(reply, jwks))
  app.get(
    '/docs',
    async (_request, reply) =>
      await reply
        .header('cache-control', forMinutes)
        .header('content-security-policy', page.contentSecurityPolicy)
        .type('text/html; charset=utf-8')
        .send(page.body),
  )
  app.get('/', async (_request, reply) => await reply.redirect('/docs', 302))
}
