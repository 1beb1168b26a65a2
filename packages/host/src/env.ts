import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { largestOffset } from './ports.ts'
import { Problem } from './problem.ts'

const Port = z.coerce.number().int().min(1).max(65_535).optional()
const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/ }).optional()
const HttpUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional()
const Limit = z.coerce.number().int().min(1).max(1_000_000)
const Secret = z.string().min(32).optional()

/** Every setting a person may give, in the environment or in .env; .env.example explains each. */
const Env = z.object({
  SOUK_DATA: z.string().default('.souk'),
  SOUK_PORT_OFFSET: z.coerce.number().int().min(0).max(largestOffset).default(0),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  FAULT_POINTS: z.enum(['0', '1']).default('0'),
  WEB_PORT: Port,
  ADMIN_PORT: Port,
  GATEWAY_PORT: Port,
  PRODUCT_PORT: Port,
  ORDER_PORT: Port,
  PAYMENT_PORT: Port,
  INVENTORY_PORT: Port,
  IDENTITY_PORT: Port,
  NOTIFICATION_PORT: Port,
  AUDIT_PORT: Port,
  SANDBOX_PORT: Port,
  POSTGRES_PORT: Port,
  REDIS_PORT: Port,
  WEB_URL: HttpUrl,
  ADMIN_URL: HttpUrl,
  GATEWAY_PUBLIC_URL: HttpUrl,
  SANDBOX_PUBLIC_URL: HttpUrl,
  DATABASE_URL: PostgresUrl,
  PRODUCT_DATABASE_URL: PostgresUrl,
  ORDER_DATABASE_URL: PostgresUrl,
  PAYMENT_DATABASE_URL: PostgresUrl,
  INVENTORY_DATABASE_URL: PostgresUrl,
  IDENTITY_DATABASE_URL: PostgresUrl,
  NOTIFICATION_DATABASE_URL: PostgresUrl,
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Souk <hello@souk.test>'),
  MAIL_STAFF: z.email().optional(),
  SELLER_NAME: z.string().max(120).default('Souk'),
  SELLER_ADDRESS: z.string().max(400).default('Market Street 1; 10115 Berlin; Germany'),
  SELLER_EMAIL: z.email().optional(),
  SELLER_TAX_ID: z.string().max(40).optional(),
  SOUK_DEMO: z.enum(['0', '1']).default('1'),
  SOUK_DEMO_PASSWORD: z.string().min(10).default('souk-demo-2026'),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: Limit.default(60),
  RATE_LIMIT_ORDERS_PER_MINUTE: Limit.default(600),
  RATE_LIMIT_REGISTER_PER_MINUTE: Limit.default(60),
  RATE_LIMIT_PASSWORD_RESET_PER_MINUTE: Limit.default(30),
  TRUSTED_PROXIES: z.string().max(2000).default('127.0.0.1,::1'),
  MAX_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(600),
  MAX_EVENT_STREAMS: z.coerce.number().int().min(1).max(100_000).default(2000),
  RETURN_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  CAPTURE_AT: z.enum(['confirmation', 'shipment']).default('confirmation'),
  RECONCILE_EVERY_MINUTES: z.coerce.number().min(1).max(1440).default(15),
  AUDIT_EVERY_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  STRIPE_SECRET_KEY: z.string().min(16).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(16).optional(),
  STRIPE_API_URL: HttpUrl,
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(4000),
  SERVICE_TOKEN_SECRET: Secret,
  NEXTAUTH_SECRET: Secret,
  REVALIDATE_SECRET: Secret,
  ORDER_TOKEN_SECRET: Secret,
  GIFT_CARD_SECRET: Secret,
  MAIL_SEAL_SECRET: Secret,
  SANDBOX_API_KEY: Secret,
  SANDBOX_WEBHOOK_SECRET: Secret,
  AUTH_PRIVATE_JWK: z.string().optional(),
})

export const settingNames: readonly string[] = Object.keys(Env.shape)

export type HostEnv = z.infer<typeof Env>

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the settings of one checkout; what the environment says wins over its .env file. */
export function readHostEnv(root: string): HostEnv {
  return parseHostEnv({ ...readDotEnv(root), ...process.env })
}

export function parseHostEnv(given: Variables): HostEnv {
  // An empty value in .env means "not set".
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(filled)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = issue?.path.join('.') ?? 'A setting'
  throw new Problem(
    `${name} is not valid: ${issue?.message}. Correct it in .env or in the environment; .env.example shows every setting.`,
  )
}

export function readDotEnv(root: string): Variables {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8'))
  } catch {
    return {}
  }
}

const inherited =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SystemRoot|ComSpec|PATHEXT|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|OTEL_\w+)$/

/** What a process of the shop gets from this environment: what the system needs, and no setting by accident. */
export function inheritedEnv(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && inherited.test(name)) env[name] = value
  }
  return env
}
