import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, problem, problemBody } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { neverStored, securityHeaders } from './security-headers.ts'

/** Answers what Node itself cannot read as HTTP: too large headers, broken lines, a client that dawdles. */
export function answerUnreadable(baseUrl: string) {
  return (error: Error, socket: Socket): void => {
    const code: unknown = Reflect.get(error, 'code')
    if (code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const found = problemFor(code)
    const requestId = requestIdOf(undefined)
    const body = problemBody(found, requestId, baseUrl)
    const headers = {
      ...securityHeaders,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': neverStored,
      'x-request-id': requestId,
      connection: 'close',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const status = `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? 'Error'}\r\n`
    socket.end(`${status}${lines.join('')}\r\n${body}`)
  }
}

function problemFor(code: unknown): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headers_too_large', 'The headers are too large.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem('timeout', 'The request did not arrive in time.')
  return problem('invalid_input', 'The request is not valid HTTP.')
}
