import { AppError } from '@souk/kernel/errors'

const exposed = 'x-request-id, retry-after, idempotent-replayed, etag'
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, idempotency-key, x-order-token, x-request-id, x-souk-client',
  'access-control-max-age': '7200',
  'content-length': '0',
}

export type Cors = {
  isAllowed(origin: string): boolean
  /** For every answer; nothing for a page of somebody else. */
  headersFor(origin: string | undefined): Record<string, string>
  /** For OPTIONS: what a page of ours may send. */
  preflightFor(origin: string | undefined): Record<string, string>
  /** Refuses a change that a foreign page asks for. Cookies mean nothing here, so this is a second lock. */
  refuseForeign(method: string, origin: string | undefined): void
}

/** Only the two apps may call from a browser. Tokens travel in headers, so credentials stay off. */
export function createCors(urls: readonly string[]): Cors {
  const origins = new Set(urls.flatMap(spellings))
  const isAllowed = (origin: string) => origins.has(origin)
  const headersFor = (origin: string | undefined): Record<string, string> =>
    origin !== undefined && isAllowed(origin)
      ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed }
      : {}
  return {
    isAllowed,
    headersFor,
    preflightFor: (origin) => {
      const allowed = headersFor(origin)
      return Object.keys(allowed).length === 0 ? {} : { ...allowed, ...preflight }
    },
    refuseForeign: (method, origin) => {
      if (origin === undefined || isAllowed(origin) || method === 'GET' || method === 'HEAD') return
      throw new AppError('FORBIDDEN', 'Pages of this origin may not change anything here.')
    },
  }
}

/** On one's own machine `localhost` and `127.0.0.1` are the same shop. */
function spellings(url: string): string[] {
  const { protocol, hostname, port, origin } = new URL(url)
  if (hostname !== 'localhost' && hostname !== '127.0.0.1') return [origin]
  const suffix = port === '' ? '' : `:${port}`
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `${protocol}//${host}${suffix}`)
}
