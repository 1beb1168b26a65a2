import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cors } from '../edge/cors.ts'
import { securityHeaders } from '../edge/security-headers.ts'
import { chooseEncoding, type Encoding, encodeAll, encodings } from './encodings.ts'
import type { Ready } from './store.ts'

/** An answer as the rest of the gateway gave it. */
export type Loaded = { status: number; headers: Record<string, string>; body: Buffer }

/** Browsers ask each time (304 costs nothing); a cache in between may help for a few seconds. */
const publicly = 'public, max-age=0, s-maxage=5, stale-while-revalidate=30'
const notRelayed = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

export async function readyFrom(
  loaded: Loaded,
  tags: readonly string[],
  freshUntil: number,
  staleUntil: number,
): Promise<Ready> {
  const encoded = await encodeAll(loaded.body)
  const headersOf = (encoding: Encoding) => {
    const { body, etag } = encoded[encoding]
    const isEncoded = encoding !== 'identity' && body !== encoded.identity.body
    return Object.entries({
      'content-type': loaded.headers['content-type'] ?? 'application/json; charset=utf-8',
      'content-length': String(body.length),
      ...(isEncoded ? { 'content-encoding': encoding } : {}),
      etag,
      'cache-control': publicly,
      vary: 'accept-encoding, origin',
      ...securityHeaders,
    }).flat()
  }
  const headers = { identity: headersOf('identity'), gzip: headersOf('gzip'), br: headersOf('br') }
  return { tags, encoded, headers, freshUntil, staleUntil }
}

export function sendReady(
  ready: Ready,
  request: IncomingMessage,
  response: ServerResponse,
  cors: Cors,
  requestId: string,
): void {
  const encoding = chooseEncoding(request.headers['accept-encoding'] as string | undefined)
  const { body, etag } = ready.encoded[encoding]
  const headers = [...ready.headers[encoding], 'x-request-id', requestId]
  const { origin } = request.headers
  if (origin !== undefined) headers.push(...Object.entries(cors.headersFor(origin)).flat())
  const asked = request.headers['if-none-match']
  if (asked !== undefined && matches(asked, etag, ready)) {
    response.writeHead(304, withoutBodyHeaders(headers))
    response.end()
    return
  }
  response.writeHead(200, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Weak comparison, as for any GET: whichever encoding the caller holds, the content is the same. */
function matches(asked: string, etag: string, ready: Ready): boolean {
  if (asked === etag || asked.trim() === '*') return true
  const tags = asked.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return encodings.some((encoding) => tags.includes(ready.encoded[encoding].etag))
}

const bodyHeaders = new Set(['content-type', 'content-length', 'content-encoding'])
function withoutBodyHeaders(headers: readonly string[]): string[] {
  return headers.filter((_, index) => !bodyHeaders.has(headers[index - (index % 2)] ?? ''))
}

/** Passes on an answer that is not kept, such as 404 or 503, to all who waited for it. */
export function relay(loaded: Loaded, request: IncomingMessage, response: ServerResponse, cors: Cors): void {
  const headers = Object.entries(loaded.headers).filter(
    ([name]) => !notRelayed.has(name) && !name.startsWith('access-control-'),
  )
  response.writeHead(loaded.status, {
    ...Object.fromEntries(headers),
    ...cors.headersFor(request.headers.origin),
    'content-length': String(loaded.body.length),
  })
  response.end(request.method === 'HEAD' ? undefined : loaded.body)
}
