import { join } from 'node:path'
import type { NextConfig } from 'next'

/** The content security policy carries a nonce per request and is set in `src/proxy.ts`. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), usb=()' },
]

/**
 * Pages are rendered per request: a prerendered shell (`cacheComponents`) could carry no nonce and would
 * answer 200 for a product that does not exist. What is expensive, the reads, is kept in `src/data`.
 */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The launcher keeps one finished server per state of the source, so that a build never disturbs a shop that runs.
  output: 'standalone',
  outputFileTracingRoot: join(import.meta.dirname, '../..'),
  turbopack: { root: join(import.meta.dirname, '../..') },
  // `npm run check` checks the types of the whole tree; doing it again here would only slow the first start.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for it where a page names no icon, such as on an error.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: true }],
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
