import { AppError } from '@souk/kernel/errors'
import type { FastifyInstance } from 'fastify'
import { mayHoldCardNumber, refuseCardNumbers } from './card-number.ts'

/** REST bodies: JSON only, parsed once; an empty body is no body. */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.trim() === '') return done(null, undefined)
    // The parser answers through the callback; its declared promise form is not used.
    void parse(request, text, (error, body: unknown) => {
      if (error) return done(new AppError('INVALID_INPUT', 'The body is not valid JSON.'))
      try {
        if (mayHoldCardNumber(text)) refuseCardNumbers(body)
        done(null, body)
      } catch (refusal) {
        done(refusal instanceof Error ? refusal : new Error(String(refusal)))
      }
    })
  })
}

/** tRPC bodies: looked through here, parsed by tRPC itself. */
export function acceptJsonText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      if (mayHoldCardNumber(text)) refuseCardNumbers(parseJson(text))
      done(null, text)
    } catch (refusal) {
      done(refusal instanceof Error ? refusal : new Error(String(refusal)))
    }
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('INVALID_INPUT', 'The body is not valid JSON.')
  }
}
