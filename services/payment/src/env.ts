import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const shape = {
  ...ProcessEnv,
  ...DatabaseEnv,
  SANDBOX_URL: z.url(),
  SANDBOX_API_KEY: z.string().min(16),
  /** Several, separated by commas, while one is being replaced: each is accepted. */
  SANDBOX_WEBHOOK_SECRET: z.string().min(16),
  /** With a key, cards go to Stripe. */
  STRIPE_SECRET_KEY: z.string().min(16).optional(),
  /** Several, separated by commas, while one is being replaced. */
  STRIPE_WEBHOOK_SECRET: z.string().min(16).optional(),
  /** Where Stripe is, if not at its own address: only for tests. */
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Makes the codes of gift cards. Another secret, and no code that was given out works any more. */
  GIFT_CARD_SECRET: z.string().min(32),
  /** Seals what only notification may read, such as the code of a gift card on its way to a mail. */
  MAIL_SEAL_SECRET: z.string().min(32),
  /** How often our books are compared with the providers' lists. */
  RECONCILE_EVERY_MINUTES: z.coerce.number().min(0.01).max(1440).default(15),
  /** What changed later than that may still be on its way, and is not compared. */
  RECONCILE_GRACE_SECONDS: z.coerce.number().min(0).max(3600).default(60),
  /** How long one call to a provider may take before its outcome counts as unknown. */
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(5000).default(2500),
}

export type PaymentEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}
