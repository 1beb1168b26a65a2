import type { DatabaseName } from '@souk/db/databases'
import { databaseNames } from '@souk/db/databases'
import { Pool, types } from 'pg'
import { createClient } from 'redis'
import type { ProviderPage, Sources } from './check.ts'
import { ProviderSilent } from './provider-check.ts'

// bigint as a number: sums of money are far below 2^53.
types.setTypeParser(types.builtins.INT8, Number)

/** The sandbox's own list, page by page. */
export function sandboxCharges({ url, apiKey }: { url: string; apiKey: string }) {
  return async function* () {
    for (let after: string | null = ''; after !== null; ) {
      const query: string = after === '' ? '' : `&after=${after}`
      const response = await fetch(`${url}/v1/charges?limit=1000${query}`, {
        headers: { authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.timeout(10_000),
      }).catch((cause: unknown) => {
        throw new ProviderSilent('The provider did not answer', { cause })
      })
      if (!response.ok) throw new ProviderSilent(`The provider answered ${response.status}`)
      const page = (await response.json()) as ProviderPage & { nextCursor: string | null }
      yield { items: page.items, forgottenThrough: page.forgottenThrough }
      after = page.nextCursor
    }
  }
}

export type OpenSources = Sources & { close(): Promise<void> }

/** On a shop that is open, events and orders are given so long to arrive. */
const usualGraceSeconds = 60

/** Opens every database for reading only: PostgreSQL itself refuses a write on these connections. */
export async function openSources(
  databaseUrls: Record<DatabaseName, string>,
  redisUrl: string,
  options: { graceSeconds?: number; sandbox?: { url: string; apiKey: string } } = {},
): Promise<OpenSources> {
  const pools = new Map(
    databaseNames.map((name) => [
      name,
      new Pool({
        connectionString: databaseUrls[name],
        application_name: 'audit',
        max: 2,
        connectionTimeoutMillis: 5000,
        options: '-c default_transaction_read_only=on -c statement_timeout=60000 -c timezone=UTC',
      }),
    ]),
  )
  for (const pool of pools.values()) pool.on('error', () => {})
  // A Redis that is just being started again is waited for; one that is not there is said to be so.
  const redis = createClient({
    url: redisUrl,
    socket: {
      connectTimeout: 5000,
      reconnectStrategy: (retries, cause) => (retries < 20 ? 250 : cause),
    },
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
  } catch (error) {
    await Promise.all([...pools.values()].map(async (pool) => await pool.end()))
    throw error
  }
  const graceSeconds = options.graceSeconds ?? usualGraceSeconds
  const graceMs = graceSeconds * 1000
  /** On a shop that sells there is always an event on its way; only an old one is late. */
  const isLate = async (stream: string, group: string, lastDelivered: string) => {
    const [unread] = (await redis.xRange(stream, `(${lastDelivered}`, '+', { COUNT: 1 })) ?? []
    const unanswered = await redis.xPendingRange(stream, group, '-', '+', 1, { IDLE: graceMs })
    return {
      isUnread: unread !== undefined && Date.now() - Number(unread.id.split('-')[0]) >= graceMs,
      isUnanswered: unanswered.length > 0,
    }
  }
  return {
    graceSeconds,
    ...(options.sandbox ? { providerCharges: sandboxCharges(options.sandbox) } : {}),
    sql: async <Row extends object>(database: DatabaseName, text: string, values: unknown[] = []) => {
      const pool = pools.get(database)
      if (!pool) throw new Error(`There is no database ${database}`)
      return (await pool.query(text, values)).rows as Row[]
    },
    groups: async () => {
      const streams = await redis.keys('events:*')
      const found = []
      for (const stream of streams.filter((key) => /^events:[a-z]+$/.test(key))) {
        for (const group of await redis.xInfoGroups(stream)) {
          const name = String(group.name)
          const late = await isLate(stream, name, String(group['last-delivered-id']))
          found.push({
            stream,
            group: name,
            lag: late.isUnread || graceMs === 0 ? Number(group.lag ?? 0) : 0,
            pending: late.isUnanswered || graceMs === 0 ? Number(group.pending) : 0,
          })
        }
      }
      return found
    },
    close: async () => {
      redis.destroy()
      await Promise.all([...pools.values()].map(async (pool) => await pool.end()))
    },
  }
}
