import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const shape = {
  ...ProcessEnv,
  ...DatabaseEnv,
  PRODUCT_URL: z.url(),
  INVENTORY_URL: z.url(),
  PAYMENT_URL: z.url(),
  /** Where a payment provider sends the customer back to. */
  WEB_URL: z.url(),
  /** Signs the keys that open guests' orders. */
  ORDER_TOKEN_SECRET: z.string().min(32),
  /** When cards are charged: at once, or when the goods leave. */
  CAPTURE_AT: z.enum(['confirmation', 'shipment']).default('confirmation'),
  /** Who sells, as it stands on invoices; the lines of the address separated by semicolons. */
  SELLER_NAME: z.string().trim().min(1).max(120).default('Souk'),
  SELLER_ADDRESS: z.string().trim().min(1).max(400).default('Market Street 1; 10115 Berlin; Germany'),
  SELLER_EMAIL: z.email().optional(),
  SELLER_TAX_ID: z.string().trim().min(1).max(40).optional(),
  /** How long stock is held for an order that is not paid yet, in seconds. */
  RESERVATION_SECONDS: z.coerce.number().int().min(1).max(86_400).default(1200),
  /** How long after delivery a customer may ask to return goods. */
  RETURN_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  /** How long the request that placed an order may work on it before the placing job does. */
  PLACING_LEASE_SECONDS: z.coerce.number().min(0.5).max(60).default(8),
}

export type OrderEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}
