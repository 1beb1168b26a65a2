import { requireAccess } from '@souk/api/rpc'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { acceptJson } from '../edge/json-body.ts'
import type { Limits } from '../edge/limits.ts'
import { FileAnswer } from './file-answer.ts'
import type { RestParts, RestRoute } from './route.ts'

type Handle = NonNullable<RestRoute['handle']>

/** Serves the table: access and limits before the body is read, then input, work and answer. */
export function serveRest(
  app: FastifyInstance,
  routes: readonly RestRoute[],
  options: { parts: RestParts; limits: Limits },
): void {
  void app.register((scope, _options, done) => {
    acceptJson(scope)
    for (const route of routes.filter(({ bodyKind }) => bodyKind !== 'image')) add(scope, route, options)
    done()
  })
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(/^(image\/|application\/octet-stream)/, (_request, stream, done) =>
      done(null, stream),
    )
    for (const route of routes.filter(({ bodyKind }) => bodyKind === 'image')) add(scope, route, options)
    done()
  })
}

function add(app: FastifyInstance, route: RestRoute, options: { parts: RestParts; limits: Limits }): void {
  const { limit, handle } = route
  if (!handle) return
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    onRequest: async (request) => {
      requireAccess(route.access, request.scope.principal)
      if (limit) await options.limits(limit, request.ip)
    },
    handler: async (request, reply) => await answer({ ...route, handle }, options.parts, request, reply),
  })
}

async function answer(
  route: RestRoute & { handle: Handle },
  parts: RestParts,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const body = await route.handle(
    {
      params: request.params,
      query: request.query,
      body: request.body,
      headers: request.headers,
      principal: request.scope.principal,
    },
    parts,
  )
  if (request.scope.isReplay) void reply.header('idempotent-replayed', 'true')
  void reply.code(route.answer.status)
  if (body instanceof FileAnswer) {
    void reply.header('content-disposition', `attachment; filename="${body.name}"`)
    return await reply.type(body.type).send(body.bytes)
  }
  // `null` is an answer too, for which Fastify would send nothing.
  if (route.answer.schema)
    return await reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
  return await reply.send()
}
