import { PrismaPg } from '@prisma/adapter-pg'
import { AppError } from '@souk/kernel/errors'
import { Pool, type PoolClient, type QueryResultRow, types } from 'pg'
import { classifyDbError, isSilence } from './errors.ts'

/** Runs one SQL statement with `$1` parameters. Statements with a name are prepared once per connection. */
export type Sql = {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>
}

export type Database<Client> = {
  /** Prisma, for ordinary reads and writes. */
  prisma: Client
  /** One statement outside a transaction: atomic by itself. For measured hot paths. */
  sql: Sql
  /** Statements that commit or fail together. Repeated on deadlock or serialization failure, so `work` must be repeatable. */
  transaction<Result>(work: (tx: Sql) => Promise<Result>): Promise<Result>
  pool: Pool
  ping(): Promise<void>
  close(): Promise<void>
}

export type ConnectOptions = { url: string; applicationName: string; maxConnections?: number }

// bigint as a number: every amount and version is far below 2^53.
types.setTypeParser(types.builtins.INT8, Number)

const maxAttempts = 6
/** Longer than the server takes for anything: nothing comes any more, as when its machine is gone. */
const silenceMs = 6000

/**
 * Opens the pool that Prisma and plain SQL share. Waiting for a connection ends after 1.5 s, a lock
 * after 1 s and a statement after 3 s on the server itself, and after 6 s here when the server has fallen
 * silent; its connection is given up then. All of these surface as UNAVAILABLE.
 */
export function connect<Client extends { $disconnect(): Promise<void> }>(
  options: ConnectOptions,
  createClient: (adapter: PrismaPg) => Client,
): Database<Client> {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 1500,
    query_timeout: silenceMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options:
      '-c statement_timeout=3000 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=5000 -c timezone=UTC',
  })
  // A connection that the server closes would otherwise end the process: idle ones report to the pool,
  // those in use only to themselves.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = createClient(new PrismaPg(pool))
  const sql: Sql = {
    query: async (text, values = [], name) => await run(pool, text, values, name),
  }
  return {
    prisma,
    sql,
    pool,
    transaction: async (work) => await transact(pool, work),
    ping: async () => {
      await run(pool, 'select 1', [])
    },
    close: async () => {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}

async function run<Row extends QueryResultRow>(
  target: Pool | PoolClient,
  text: string,
  values: readonly unknown[],
  name?: string,
): Promise<Row[]> {
  const result = await target.query<Row>({
    text,
    values: [...values],
    ...(name === undefined ? {} : { name }),
  })
  return result.rows
}

async function transact<Result>(pool: Pool, work: (tx: Sql) => Promise<Result>): Promise<Result> {
  return await repeatOnConflict(async () => await attemptTransaction(pool, work))
}

/** Repeats what lost a deadlock or waited too long for a lock. `work` must leave nothing behind when it fails. */
export async function repeatOnConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= maxAttempts || classifyDbError(error).kind !== 'retry') throw error
      const ceilingMs = Math.min(400, 10 * 2 ** attempt)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * ceilingMs))
    }
  }
}

async function attemptTransaction<Result>(pool: Pool, work: (tx: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('begin')
    const result = await work({
      query: async (text, values = [], name) => await run(client, text, values, name),
    })
    await client.query('commit')
    return result
  } catch (error) {
    isBroken = isSilence(error)
    if (!isBroken)
      await client.query('rollback').catch(() => {
        isBroken = true
      })
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** The database's words for "not now" become UNAVAILABLE; everything else is passed on as it is. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof AppError) return error
  const { kind } = classifyDbError(error)
  if (kind !== 'unavailable' && kind !== 'retry') return error
  return new AppError('UNAVAILABLE', 'The shop is busy. Please try again in a moment.', {
    cause: error,
    details: { reason: 'unavailable', retryAfterSeconds: 1 },
  })
}

/** Plain SQL inside one of Prisma's interactive transactions, so that model writes and events commit together. */
export function prismaSql(tx: {
  $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown>
}): Sql {
  return {
    query: async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await tx.$queryRawUnsafe(text, ...values)) as Row[],
  }
}
