import 'server-only'
import { z } from 'zod'

const Settings = z.object({
  /** The gateway as this server reaches it. */
  GATEWAY_URL: z.url().default('http://127.0.0.1:4000'),
  /** The gateway as the browser reaches it. */
  GATEWAY_PUBLIC_URL: z.url().default('http://localhost:4000'),
  /** Where the shop is, for links to it; no links without it. */
  WEB_URL: z.url().optional(),
  NEXTAUTH_URL: z.url().default('http://localhost:3001'),
  NEXTAUTH_SECRET: z.string().min(32),
  AUTH_PRIVATE_JWK: z.string().transform((text, ctx) => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
    } catch {
      ctx.addIssue({ code: 'custom', message: 'Not a JSON Web Key' })
      return z.NEVER
    }
  }),
})
export type Env = z.output<typeof Settings>

export const isDevelopment = process.env.NODE_ENV === 'development'

let known: Env | undefined

/** Read at the first request and not at import, so that the build needs no settings at all. */
export function readEnv(): Env {
  if (known) return known
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not complete. See .env.example.\n${faults.join('\n')}`)
  }
  known = parsed.data
  return known
}
