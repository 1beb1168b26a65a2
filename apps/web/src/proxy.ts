import { type NextRequest, NextResponse } from 'next/server'
import { readEnv } from './env.ts'
import { orderTokenCookie, orderTokenOptions } from './order-token.ts'

/** Every page gets its own nonce; without one no script runs. */
export function proxy(request: NextRequest): NextResponse {
  const kept = keepOrderToken(request)
  if (kept) return kept
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll('-', ''))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** A guest's link from an e-mail: the key goes into a cookie and out of the address. */
function keepOrderToken(request: NextRequest): NextResponse | undefined {
  const url = request.nextUrl.clone()
  const orderId = /^\/orders\/([^/]+)$/.exec(url.pathname)?.[1]
  const token = url.searchParams.get('token')
  if (!orderId || !token || token.length > 200) return undefined
  url.searchParams.delete('token')
  const response = NextResponse.redirect(new URL(`${url.pathname}${url.search}`, readEnv().NEXTAUTH_URL), 303)
  response.cookies.set(orderTokenCookie(orderId), token, orderTokenOptions(orderId, readEnv().NEXTAUTH_URL))
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
