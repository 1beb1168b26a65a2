import { createHash, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '@souk/kernel/canonical'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Refused } from '../charge/charge.ts'

export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refused(400, 'invalid_request', `${issue?.path.join('.') || 'body'}: ${issue?.message}`)
}

export function requireKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new Refused(400, 'idempotency_key_required', 'Send an Idempotency-Key of 1 to 255 characters.')
}

export function hashOf(operation: string, body: unknown): string {
  return createHash('sha256').update(operation).update(canonicalJson(body)).digest('base64url')
}

export function bearerGuard(apiKey: string) {
  const expected = digest(apiKey)
  return async (request: FastifyRequest): Promise<void> => {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!timingSafeEqual(digest(given), expected))
      throw new Refused(401, 'unauthenticated', 'The API key is missing or wrong.')
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

export async function answerRefusal(reply: FastifyReply, error: Refused) {
  return await reply.code(error.status).send({ error: { code: error.code, message: error.message } })
}
