import { type NextRequest, NextResponse } from 'next/server'
import { draftTokenCookie, draftTokenOptions } from './draft-token.ts'
import { readEnv } from './env.ts'
import { orderTokenCookie, orderTokenOptions } from './order-token.ts'

/** Every page gets its own nonce; without one no script runs. */
export function proxy(request: NextRequest): NextResponse {
  const kept = keepLinkToken(request)
  if (kept) return kept
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll('-', ''))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** A guest's link from an e-mail: the key goes into a cookie and out of the address. */
function keepLinkToken(request: NextRequest): NextResponse | undefined {
  const url = request.nextUrl.clone()
  const [, kind, id] = /^\/(orders|drafts)\/([^/]+)$/.exec(url.pathname) ?? []
  const token = url.searchParams.get('token')
  if (!kind || !id || !token || token.length > 200) return undefined
  url.searchParams.delete('token')
  const response = NextResponse.redirect(new URL(`${url.pathname}${url.search}`, readEnv().NEXTAUTH_URL), 303)
  const site = readEnv().NEXTAUTH_URL
  if (kind === 'orders') response.cookies.set(orderTokenCookie(id), token, orderTokenOptions(id, site))
  else response.cookies.set(draftTokenCookie(id), token, draftTokenOptions(id, site))
  return response
}

function contentSecurityPolicy(nonce: string): string {
  const env = readEnv()
  const gateway = new URL(env.GATEWAY_PUBLIC_URL).origin
  const provider = new URL(env.SANDBOX_PUBLIC_URL).origin
  // React's development build evaluates code and styles are injected as it goes.
  const isDevelopment = env.NODE_ENV === 'development'
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: ${gateway}`,
    `connect-src 'self' ${gateway}${isDevelopment ? ' ws:' : ''}`,
    `frame-src ${provider}`,
    `font-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

export const config = {
  matcher: ['/((?!api/|_next/|icon\\.svg|apple-icon|robots\\.txt|sitemap\\.xml|opengraph-image).*)'],
}
