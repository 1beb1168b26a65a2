import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)

/** Settings that every process reads. */
export const ProcessEnv = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  INSTANCE: z.string().max(40).default('0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  REDIS_URL: z.url(),
  SERVICE_TOKEN_SECRET: z.string().min(32),
  SELF_URL: z.url().optional(),
  /** `1` lets tests crash the process at named points. Never set it where customers are. */
  FAULT_POINTS: z.enum(['0', '1']).default('0'),
}

export const DatabaseEnv = {
  DATABASE_URL: z.url(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
}

/**
 * Reads and checks the environment once, at start. A setting that is missing or wrong ends the process
 * with one line per fault; values are never printed.
 */
export function loadEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Record<string, string | undefined>,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not complete. See .env.example.\n${faults.join('\n')}`)
}
