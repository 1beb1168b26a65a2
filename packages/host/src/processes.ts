import type { DatabaseName } from '@souk/db/databases'
import { localUrl, type Settings } from './settings.ts'

export type ServiceName = DatabaseName | 'gateway' | 'sandbox' | 'audit'
export type AppName = 'web' | 'admin'
export type ProcessName = ServiceName | AppName

export type ShopProcess = {
  name: ProcessName
  /** A service and the provider run from source; an app is built. */
  kind: 'service' | 'provider' | 'app'
  folder: string
  /** Its own database, which no other service may open. */
  database?: DatabaseName
  /** It may read all of them, and write none. */
  readsEveryDatabase?: boolean
  /** Extensions its migrations rely on; made by the administrator, whom its role is not. */
  extensions?: readonly string[]
  /** Part of every purchase: it gets room for young objects instead of saving memory. */
  isBusy?: boolean
  /** `src/seed.ts` fills an empty database before the first start. */
  seeded?: boolean
  /** Whom it asks, synchronously. */
  asks: readonly ServiceName[]
  /** What it needs beyond the settings every process has. */
  env: (settings: Settings) => Record<string, string | undefined>
}

/** Every process of the shop, who needs whom, and what each is told. */
export const processes: readonly ShopProcess[] = [
  {
    name: 'product',
    kind: 'service',
    isBusy: true,
    folder: 'services/product',
    database: 'product',
    extensions: ['pg_trgm', 'unaccent'],
    seeded: true,
    asks: [],
    env: (settings) => ({ MEDIA_BASE_URL: `${settings.gatewayUrl}/media` }),
  },
  {
    name: 'inventory',
    kind: 'service',
    isBusy: true,
    folder: 'services/inventory',
    database: 'inventory',
    asks: [],
    env: () => ({}),
  },
  {
    name: 'payment',
    kind: 'service',
    isBusy: true,
    folder: 'services/payment',
    database: 'payment',
    asks: [],
    env: (settings) => ({
      SANDBOX_URL: localUrl(settings, 'sandbox'),
      SANDBOX_PUBLIC_URL: settings.sandboxUrl,
      SANDBOX_API_KEY: settings.secrets.sandboxApiKey,
      SANDBOX_WEBHOOK_SECRET: settings.secrets.sandboxWebhookSecret,
      RECONCILE_EVERY_MINUTES: String(settings.env.RECONCILE_EVERY_MINUTES),
      STRIPE_SECRET_KEY: settings.env.STRIPE_SECRET_KEY,
      STRIPE_WEBHOOK_SECRET: settings.env.STRIPE_WEBHOOK_SECRET,
      STRIPE_API_URL: settings.env.STRIPE_API_URL,
      GIFT_CARD_SECRET: settings.secrets.giftCardSecret,
      MAIL_SEAL_SECRET: settings.secrets.mailSealSecret,
      PROVIDER_TIMEOUT_MS: String(settings.env.PROVIDER_TIMEOUT_MS),
      WEB_URL: settings.webUrl,
    }),
  },
  {
    name: 'order',
    kind: 'service',
    isBusy: true,
    folder: 'services/order',
    database: 'order',
    asks: ['product', 'inventory', 'payment'],
    env: (settings) => ({
      WEB_URL: settings.webUrl,
      ORDER_TOKEN_SECRET: settings.secrets.orderTokenSecret,
      CAPTURE_AT: settings.env.CAPTURE_AT,
      RETURN_DAYS: String(settings.env.RETURN_DAYS),
      SELLER_NAME: settings.env.SELLER_NAME,
      SELLER_ADDRESS: settings.env.SELLER_ADDRESS,
      SELLER_EMAIL: settings.env.SELLER_EMAIL,
      SELLER_TAX_ID: settings.env.SELLER_TAX_ID,
    }),
  },
  {
    name: 'identity',
    kind: 'service',
    folder: 'services/identity',
    database: 'identity',
    seeded: true,
    asks: [],
    env: (settings) => ({
      AUTH_PRIVATE_JWK: settings.secrets.authPrivateJwk,
      WEB_URL: settings.webUrl,
    }),
  },
  {
    name: 'notification',
    kind: 'service',
    isBusy: true,
    folder: 'services/notification',
    database: 'notification',
    asks: [],
    env: (settings) => ({
      SMTP_URL: settings.env.SMTP_URL,
      MAIL_FROM: settings.env.MAIL_FROM,
      MAIL_STAFF: settings.env.MAIL_STAFF,
      MAIL_SEAL_SECRET: settings.secrets.mailSealSecret,
      WEB_URL: settings.webUrl,
      ADMIN_URL: settings.adminUrl,
    }),
  },
  {
    name: 'gateway',
    kind: 'service',
    isBusy: true,
    folder: 'services/gateway',
    asks: ['product', 'order', 'payment', 'inventory', 'identity', 'notification', 'audit'],
    env: (settings) => ({
      AUTH_PUBLIC_JWKS: settings.secrets.authPublicJwks,
      GATEWAY_PUBLIC_URL: settings.gatewayUrl,
      WEB_URL: settings.webUrl,
      ADMIN_URL: settings.adminUrl,
      WEB_INTERNAL_URL: localUrl(settings, 'web'),
      REVALIDATE_SECRET: settings.secrets.revalidateSecret,
      RATE_LIMIT_SIGN_IN_PER_MINUTE: String(settings.env.RATE_LIMIT_SIGN_IN_PER_MINUTE),
      RATE_LIMIT_ORDERS_PER_MINUTE: String(settings.env.RATE_LIMIT_ORDERS_PER_MINUTE),
      RATE_LIMIT_REGISTER_PER_MINUTE: String(settings.env.RATE_LIMIT_REGISTER_PER_MINUTE),
      RATE_LIMIT_PASSWORD_RESET_PER_MINUTE: String(settings.env.RATE_LIMIT_PASSWORD_RESET_PER_MINUTE),
      TRUSTED_PROXIES: settings.env.TRUSTED_PROXIES,
      MAX_IN_FLIGHT: String(settings.env.MAX_IN_FLIGHT),
      MAX_EVENT_STREAMS: String(settings.env.MAX_EVENT_STREAMS),
    }),
  },
  {
    name: 'audit',
    kind: 'service',
    folder: 'services/audit',
    readsEveryDatabase: true,
    asks: [],
    env: (settings) => ({
      SANDBOX_URL: localUrl(settings, 'sandbox'),
      SANDBOX_API_KEY: settings.secrets.sandboxApiKey,
      AUDIT_EVERY_SECONDS: String(settings.env.AUDIT_EVERY_SECONDS),
    }),
  },
  {
    name: 'sandbox',
    kind: 'provider',
    isBusy: true,
    folder: 'services/payment-sandbox',
    asks: [],
    env: (settings) => ({
      SANDBOX_API_KEY: settings.secrets.sandboxApiKey,
      SANDBOX_WEBHOOK_SECRET: settings.secrets.sandboxWebhookSecret,
      SANDBOX_WEBHOOK_URL: `${localUrl(settings, 'gateway')}/webhooks/payments/sandbox`,
      SANDBOX_PUBLIC_URL: settings.sandboxUrl,
      SANDBOX_LOG: `${settings.dataFolder}/sandbox.jsonl`,
      WEB_URL: settings.webUrl,
    }),
  },
  {
    name: 'web',
    kind: 'app',
    folder: 'apps/web',
    asks: ['gateway'],
    env: (settings) => ({
      ...appEnv(settings, settings.webUrl),
      REVALIDATE_SECRET: settings.secrets.revalidateSecret,
      SANDBOX_PUBLIC_URL: settings.sandboxUrl,
    }),
  },
  {
    name: 'admin',
    kind: 'app',
    folder: 'apps/admin',
    asks: ['gateway'],
    env: (settings) => ({ ...appEnv(settings, settings.adminUrl), WEB_URL: settings.webUrl }),
  },
]

function appEnv(settings: Settings, ownUrl: string): Record<string, string> {
  return {
    GATEWAY_URL: localUrl(settings, 'gateway'),
    GATEWAY_PUBLIC_URL: settings.gatewayUrl,
    NEXTAUTH_URL: ownUrl,
    NEXTAUTH_SECRET: settings.secrets.nextAuthSecret,
    AUTH_PRIVATE_JWK: settings.secrets.authPrivateJwk,
  }
}

/** The process of that name. */
export function processNamed(name: ProcessName): ShopProcess {
  const found = processes.find((process) => process.name === name)
  if (!found) throw new Error(`There is no process "${name}" in the list.`)
  return found
}
