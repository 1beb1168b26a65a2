import { loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const perMinute = z.coerce.number().int().min(1).max(1_000_000)
const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

/** Public keys only: a private part in here would be published at /.well-known/jwks.json. */
const PublicKey = z
  .looseObject({ kty: z.string(), kid: z.string().min(1) })
  .refine((key) => !('d' in key), 'A private key')
const PublicKeySet = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'Not JSON' })
      return z.NEVER
    }
  })
  .pipe(z.object({ keys: z.array(PublicKey).min(1) }))

export function readEnv(source: Record<string, string | undefined> = process.env) {
  return loadEnv(
    {
      ...ProcessEnv,
      AUTH_PUBLIC_JWKS: PublicKeySet,
      /** Base of absolute links, and the address people reach this process by. */
      GATEWAY_PUBLIC_URL: origin.default('http://localhost:4000'),
      /** The two apps: their pages may call from a browser. */
      WEB_URL: origin,
      ADMIN_URL: origin,
      /** Where this process reaches the storefront to tell it what changed. */
      WEB_INTERNAL_URL: origin.optional(),
      REVALIDATE_SECRET: z.string().min(16).optional(),
      /** Where neighbours are when discovery knows no live instance. */
      PRODUCT_URL: origin.default('http://127.0.0.1:4001'),
      ORDER_URL: origin.default('http://127.0.0.1:4002'),
      PAYMENT_URL: origin.default('http://127.0.0.1:4003'),
      INVENTORY_URL: origin.default('http://127.0.0.1:4004'),
      IDENTITY_URL: origin.default('http://127.0.0.1:4005'),
      NOTIFICATION_URL: origin.default('http://127.0.0.1:4006'),
      AUDIT_URL: origin.default('http://127.0.0.1:4007'),
      /** How often one address may do these. */
      RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute.default(60),
      RATE_LIMIT_REGISTER_PER_MINUTE: perMinute.default(60),
      RATE_LIMIT_PASSWORD_RESET_PER_MINUTE: perMinute.default(30),
      RATE_LIMIT_ORDERS_PER_MINUTE: perMinute.default(600),
      /** Proxies whose X-Forwarded-For is believed: addresses or ranges, separated by commas. */
      TRUSTED_PROXIES: z.string().max(2000).optional(),
      /** Requests answered at once; above it callers are told to come back. */
      MAX_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(600),
      /** Live order pages held open by this process. */
      MAX_EVENT_STREAMS: z.coerce.number().int().min(1).max(100_000).default(2000),
    },
    source,
  )
}

export type GatewayEnv = ReturnType<typeof readEnv>
