import type { Database, Sql } from '@souk/db/connect'
import type { Log } from '@souk/service/log'
import type { PoolClient } from 'pg'
import { pause, type Timing, within } from './timing.ts'

/** Any number, the same in every instance: whoever holds this lock moves the service's events. */
const leaderLock = 7_304_001
const answerMs = 3000

/** The lead over a service's events. `sql` runs on the connection that holds it, one statement at a time. */
export type Lease = { sql: Sql; signal: AbortSignal }

/**
 * Lets one instance of a service at a time do `work`; the others stand by. The lead is a lock that lives
 * as long as one connection: it ends with the process, with the connection, and when the process has been
 * frozen for too long. `work` must end when its signal says so.
 */
export function holdLeadership(options: {
  db: Database<unknown>
  log: Log
  timing: Timing
  work: (lease: Lease) => Promise<void>
}): { stop(): Promise<void> } {
  const { db, log, timing, work } = options
  const stopping = new AbortController()
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await tryToLead(db, timing, stopping.signal, work)
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'events wait for a new lead')
      }
      await pause(timing.standbyMs, stopping.signal)
    }
  }
  const finished = loop()
  return {
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}

async function tryToLead(
  db: Database<unknown>,
  timing: Timing,
  stopping: AbortSignal,
  work: (lease: Lease) => Promise<void>,
): Promise<void> {
  const client = await db.pool.connect()
  let mayHoldLock = true
  try {
    mayHoldLock = await takeLock(client, timing)
    if (mayHoldLock) await lead(client, timing, stopping, work)
  } finally {
    // A closed connection gives the lock back, whatever state it was in.
    client.release(mayHoldLock)
  }
}

async function takeLock(client: PoolClient, timing: Timing): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    leaderLock,
  ])
  if (!rows[0]?.held) return false
  // Older servers have no such setting; there a frozen leader keeps the lead until its process ends.
  await client.query(
    `select set_config(name, $1, false) from pg_settings where name = 'idle_session_timeout'`,
    [String(timing.leaderSilenceMs)],
  )
  return true
}

async function lead(
  client: PoolClient,
  timing: Timing,
  stopping: AbortSignal,
  work: (lease: Lease) => Promise<void>,
): Promise<void> {
  const lost = new AbortController()
  const lose = () => lost.abort()
  client.on('error', lose)
  client.on('end', lose)
  const signal = AbortSignal.any([stopping, lost.signal])
  const sql = oneAtATime(client)
  try {
    await Promise.all([
      work({ sql, signal }).finally(lose),
      keepAlive(sql, timing, AbortSignal.any([stopping, lost.signal])).finally(lose),
    ])
  } finally {
    client.off('error', lose)
    client.off('end', lose)
  }
}

/** Shows the server that this process is alive, and this process that the server is. */
async function keepAlive(sql: Sql, timing: Timing, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(timing.leaderSilenceMs / 5, signal)
    if (!signal.aborted) await sql.query('select 1')
  }
}

/** Two loops share the connection, and a connection takes one statement at a time. */
function oneAtATime(client: PoolClient): Sql {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: async (text, values = [], name) => {
      const run = async () => {
        const statement = { text, values: [...values], ...(name === undefined ? {} : { name }) }
        return (await within(answerMs, 'A statement of the leader', client.query(statement))).rows
      }
      const result = last.then(run, run)
      last = result.catch(() => {})
      return await result
    },
  }
}
