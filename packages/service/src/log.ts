import { type Logger, pino } from 'pino'
import { currentRequest } from './request.ts'

export type Log = Logger

const secretPaths = [
  'password',
  'token',
  'authorization',
  'cookie',
  'email',
  'phone',
  'accessToken',
  'refreshToken',
  'address',
  'vpa',
]

/** Structured JSON lines on stdout. Every line inside a request carries its id; personal data is redacted. */
export function createLog(options: { service: string; instance: string; level: string }): Log {
  return pino({
    level: options.level,
    base: { service: options.service, instance: options.instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretPaths.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]),
      censor: '[redacted]',
    },
    mixin() {
      const scope = currentRequest()
      return scope ? { requestId: scope.requestId } : {}
    },
  })
}
