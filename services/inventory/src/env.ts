import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const shape = {
  ...ProcessEnv,
  ...DatabaseEnv,
  /** Staff hear of a SKU when this many or fewer are available. */
  LOW_STOCK_THRESHOLD: z.coerce.number().int().min(0).max(1_000_000).default(5),
  /** However often it is extended, no reservation holds units longer than this many seconds in total. */
  HOLD_LIMIT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(1800),
}

export type InventoryEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}
