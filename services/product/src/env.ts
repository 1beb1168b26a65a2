import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const own = {
  /** What a picture's address begins with, as a browser reaches it. */
  MEDIA_BASE_URL: z.url().default('http://127.0.0.1:4000/media'),
}

export function readEnv() {
  return loadEnv({ ...ProcessEnv, ...DatabaseEnv, ...own }, process.env)
}
export type ProductEnv = ReturnType<typeof readEnv>

export function readSeedEnv() {
  return loadEnv(
    { DATABASE_URL: DatabaseEnv.DATABASE_URL, SOUK_DEMO: z.enum(['0', '1']).default('0') },
    process.env,
  )
}
