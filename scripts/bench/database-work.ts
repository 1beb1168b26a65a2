import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

export type DatabaseWork = { statements: number; commits: number }

/** Asks the server what it has done since it was reset. `commits` are transactions that wrote something. */
export async function openWorkCounter(adminUrl: string) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('create extension if not exists pg_stat_statements')

  async function count(): Promise<DatabaseWork> {
    const { rows } = await client.query<{ statements: string; commits: string }>(
      `select coalesce(sum(calls), 0) as statements, pg_snapshot_xmax(pg_current_snapshot())::text as commits
       from pg_stat_statements where dbid <> (select oid from pg_database where datname = current_database())`,
    )
    return { statements: Number(rows[0]?.statements), commits: Number(rows[0]?.commits) }
  }

  async function during(work: () => Promise<unknown>): Promise<DatabaseWork & { seconds: number }> {
    const [before, startedAt] = [await count(), performance.now()]
    await work()
    const after = await count()
    return {
      statements: after.statements - before.statements,
      commits: after.commits - before.commits,
      seconds: (performance.now() - startedAt) / 1000,
    }
  }

  return {
    /**
     * What `work` and everything it sets off cost the databases, once per `times()`; what they do anyway in
     * that time, polls and heartbeats, is measured beside it and taken off.
     */
    async per(work: () => Promise<unknown>, times: () => number): Promise<DatabaseWork> {
      const settleMs = 4000
      const idle = await during(async () => await delay(settleMs))
      const busy = await during(async () => {
        await work()
        await delay(settleMs)
      })
      const share = (read: (one: DatabaseWork) => number) =>
        (read(busy) - (read(idle) / idle.seconds) * busy.seconds) / times()
      return { statements: share((one) => one.statements), commits: share((one) => one.commits) }
    },
    close: async () => await client.end(),
  }
}
