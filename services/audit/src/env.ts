import { loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const shape = {
  ...ProcessEnv,
  PRODUCT_DATABASE_URL: z.url(),
  ORDER_DATABASE_URL: z.url(),
  PAYMENT_DATABASE_URL: z.url(),
  INVENTORY_DATABASE_URL: z.url(),
  IDENTITY_DATABASE_URL: z.url(),
  NOTIFICATION_DATABASE_URL: z.url(),
  SANDBOX_URL: z.url({ protocol: /^https?$/ }),
  SANDBOX_API_KEY: z.string().min(1),
  /** How often it runs without being asked. */
  AUDIT_EVERY_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
}

export type AuditEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}
