import { type NextRequest, NextResponse } from 'next/server'
import { isDevelopment, readEnv } from './env.ts'
import { nonceHeader, pathHeader } from './request-headers.ts'

/** Adds the content security policy. It guards nothing: each page asks for the session itself. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  const env = readEnv()
  const gateway = new URL(env.GATEWAY_PUBLIC_URL).origin
  const rules = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src-elem 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Swatches and bars carry their colour and size in style attributes, which have no nonce.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' blob: data: ${gateway}`,
    `font-src 'self'`,
    `connect-src 'self' ${gateway}${isDevelopment ? ' ws:' : ''}`,
    `frame-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ]
  if (env.NEXTAUTH_URL.startsWith('https:')) rules.push('upgrade-insecure-requests')
  return rules.join('; ')
}

export const config = {
  matcher: ['/((?!api/|_next/|icon.svg|favicon.ico).*)'],
}
