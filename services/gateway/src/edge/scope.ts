import { AppError } from '@souk/kernel/errors'
import { anonymous } from '@souk/kernel/principal'
import { type RequestScope, runInRequest } from '@souk/service/request'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticate } from './authenticate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    scope: RequestScope
  }
}

const deadlineMs = 8000
const maxKeyLength = 255

/**
 * Gives every request its scope: id, person, key and deadline. It is entered after the body has been
 * read, because the context of a socket's events is not the request's.
 */
export function openScopes(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('scope')
  app.addHook('onRequest', async (request) => {
    request.scope = newScope(request)
    request.scope.idempotencyKey = idempotencyKeyOf(request)
    // A provider proves itself in its own way, which may look like a token of ours and is none.
    if (request.url.startsWith('/webhooks/')) return
    request.scope.principal = await authenticate(request.headers.authorization)
  })
  app.addHook('preHandler', (request, _reply, done) => {
    runInRequest(request.scope, done)
  })
}

function newScope(request: FastifyRequest): RequestScope {
  return {
    requestId: request.id,
    principal: anonymous,
    caller: 'edge',
    idempotencyKey: undefined,
    deadlineAtMs: Date.now() + deadlineMs,
    isReplay: false,
  }
}

/** The same request some time later, such as the next reading of a live page. */
export function renewedScope(scope: RequestScope): RequestScope {
  return { ...scope, idempotencyKey: undefined, deadlineAtMs: Date.now() + deadlineMs, isReplay: false }
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const given = request.headers['idempotency-key']
  if (given === undefined || request.method === 'GET' || request.method === 'HEAD') return undefined
  if (typeof given === 'string' && given.length <= maxKeyLength && /^[\x21-\x7e]+$/.test(given)) return given
  const message = `1 to ${maxKeyLength} printable ASCII characters without spaces`
  throw new AppError('INVALID_INPUT', 'The Idempotency-Key is not right.', {
    details: { reason: 'invalid_input', errors: [{ path: 'Idempotency-Key', message }] },
  })
}
