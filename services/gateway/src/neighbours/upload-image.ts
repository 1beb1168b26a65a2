import { type Readable, Transform } from 'node:stream'
import { AppError, errorCodes } from '@souk/kernel/errors'
import { maxUploadBytes } from '@souk/product/contract'
import { currentRequest } from '@souk/service/request'
import { z } from 'zod'
import type { ImageUpload } from '../rest/route.ts'
import type { RawNeighbour } from './raw.ts'

const timeoutMs = 30_000

/** Sends a picture on as it comes in, never more than the limit of it in memory or on the wire. */
export function imageUploader(product: RawNeighbour) {
  return async ({ productId, query, body, contentType }: ImageUpload): Promise<unknown> => {
    const limited = atMost(body, maxUploadBytes)
    const search = new URLSearchParams({ ...query, productId })
    const key = currentRequest()?.idempotencyKey
    const answer = await product({
      method: 'POST',
      path: `/images?${search}`,
      headers: { 'content-type': contentType, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      body: limited,
      actor: currentRequest()?.principal ?? { kind: 'anonymous' },
      timeoutMs,
    }).catch((error: unknown) => {
      throw limited.errored instanceof AppError ? limited.errored : error
    })
    const json: unknown = JSON.parse(answer.body.toString('utf8'))
    if (answer.status >= 400) throw refusalIn(json)
    return json
  }
}

function atMost(body: Readable, maxBytes: number): Transform {
  let seen = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen <= maxBytes) done(null, chunk)
      else
        done(
          new AppError('INVALID_INPUT', 'A picture may have 10 MB at most.', {
            details: { reason: 'too_large' },
          }),
        )
    },
  })
  body.once('error', (error) => counter.destroy(error))
  return body.pipe(counter)
}

const Refusal = z.object({
  error: z.object({
    message: z.string(),
    data: z.object({
      code: z.enum(errorCodes),
      reason: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
})

function refusalIn(json: unknown): AppError {
  const parsed = Refusal.safeParse(json)
  if (!parsed.success)
    return new AppError('UNAVAILABLE', 'The picture could not be stored. Please try again.')
  const { message, data } = parsed.data.error
  return new AppError(data.code, message, { details: { ...data.details, reason: data.reason } })
}
