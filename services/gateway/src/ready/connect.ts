import type { FastifyInstance } from 'fastify'
import type { Loaded } from './answer.ts'

/** Asks the rest of the gateway for a public read as a stranger would: no token, no cookie, nothing of the caller's. */
export async function loadFrom(app: FastifyInstance, url: string, requestId: string): Promise<Loaded> {
  const response = await app.inject({ method: 'GET', url, headers: { 'x-request-id': requestId } })
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return { status: response.statusCode, headers: Object.fromEntries(headers), body: response.rawPayload }
}

const catalogueWrite = /^\/(api\/v1\/(products|categories)(\/|$)|trpc\/admin\.(product|category)\.)/

/** Calls back before a change of the catalogue is answered, so that who made it reads it at once. */
export function onCatalogueWrite(app: FastifyInstance, callback: () => void): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || reply.statusCode >= 300) return
    const [path = ''] = request.url.split('?')
    if (catalogueWrite.test(path)) callback()
  })
}
