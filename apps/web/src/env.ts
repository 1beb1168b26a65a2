import 'server-only'
import { z } from 'zod'

const Settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  /** The gateway as this server reaches it. */
  GATEWAY_URL: z.url().default('http://127.0.0.1:4000'),
  /** The gateway as the browser reaches it. */
  GATEWAY_PUBLIC_URL: z.url().default('http://localhost:4000'),
  /** Where the payment provider serves its card fields. */
  SANDBOX_PUBLIC_URL: z.url().default('http://localhost:4010'),
  /** Where this shop is, as the browser sees it. */
  NEXTAUTH_URL: z.url().default('http://localhost:3000'),
  NEXTAUTH_SECRET: z.string().min(32),
  /** Lets the gateway drop what is kept here; without it nobody may. */
  REVALIDATE_SECRET: z.string().min(16).optional(),
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
