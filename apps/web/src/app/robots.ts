import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { readEnv } from '../env.ts'

export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection()
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/account', '/api/', '/cart', '/checkout', '/orders/'] },
    sitemap: new URL('/sitemap.xml', readEnv().NEXTAUTH_URL).href,
  }
}
