import { loadEnv } from '@souk/service/env'
import { z } from 'zod'
import { usualKeptCharges } from './ledger/open-ledger.ts'

const httpUrl = z.url({ protocol: /^https?$/ })
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(httpUrl.transform((url) => new URL(url).origin)).max(20))

/** The provider's settings. It has no database and no Redis: its log file is all it keeps. */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  return loadEnv(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: z.coerce.number().int().min(0).max(65535).default(4010),
      INSTANCE: z.string().max(40).default('0'),
      LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
      SANDBOX_API_KEY: z.string().min(16),
      /** Several, separated by commas, while one is being replaced: the first signs. */
      SANDBOX_WEBHOOK_SECRET: z.string().min(16),
      /** Where webhooks go. Without it none are sent. */
      SANDBOX_WEBHOOK_URL: httpUrl.optional(),
      SANDBOX_PUBLIC_URL: httpUrl
        .default('http://localhost:4010')
        .transform((url) => url.replace(/\/+$/, '')),
      SANDBOX_LOG: z.string().min(1).default('.souk/sandbox.jsonl'),
      /** Settled charges beyond so many are forgotten a day after their last change. */
      SANDBOX_KEPT_CHARGES: z.coerce.number().int().min(0).default(usualKeptCharges),
      /** Origins, separated by commas, whose pages may show the card fields and receive tokens. */
      SANDBOX_FIELDS_ORIGINS: origins.optional(),
      WEB_URL: httpUrl.default('http://localhost:3000'),
      SANDBOX_APPROVE_AFTER_MS: z.coerce.number().int().min(0).default(900),
      SANDBOX_UPI_EXPIRES_MS: z.coerce
        .number()
        .int()
        .min(50)
        .default(5 * 60_000),
      SANDBOX_REDIRECT_EXPIRES_MS: z.coerce
        .number()
        .int()
        .min(50)
        .default(15 * 60_000),
      SANDBOX_AUTHORIZATION_MS: z.coerce
        .number()
        .int()
        .min(50)
        .default(7 * 24 * 3_600_000),
    },
    source,
  )
}

export type SandboxEnv = ReturnType<typeof readEnv>
