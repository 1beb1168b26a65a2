import type { Database, Sql } from '@souk/db/connect'
import type { DatabaseName } from '@souk/db/databases'
import type { QueryResultRow } from 'pg'
import type { Check, Sources } from './check.ts'
import type { OwnAudit, OwnCheck } from './contract.ts'
import { checks } from './run-audit.ts'

/** An audit of a large shop takes longer than a request may; then `npm run audit` is the way. */
const statementMs = 4000
const graceSeconds = 60

/**
 * What one service can say of its own database, in one read-only snapshot, so that nothing is half-way.
 * Invariants that compare databases are for `npm run audit`, which may read all of them.
 */
export async function auditOwn(name: DatabaseName, db: Database<unknown>): Promise<OwnAudit> {
  return await db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    await tx.query(`set local statement_timeout = ${statementMs}`)
    const found: OwnCheck[] = []
    for (const check of checks.filter(isLocal)) {
      const result = await ask(check, name, tx)
      if (result) found.push(result)
    }
    return { checks: found }
  })
}

function isLocal(check: Check): boolean {
  return check.comparesDatabases !== true
}

/** Nothing when the invariant does not concern this database. */
async function ask(check: Check, name: DatabaseName, tx: Sql): Promise<OwnCheck | undefined> {
  let isConcerned = false
  const sources: Sources = {
    graceSeconds,
    own: name,
    sql: async <Row extends object>(database: DatabaseName, text: string, values: unknown[] = []) => {
      if (database !== name) return []
      isConcerned = true
      return (await tx.query<Row & QueryResultRow>(text, values)) as Row[]
    },
    groups: async () => [],
  }
  const { id, title } = check
  await tx.query('savepoint one_check')
  try {
    const { looked, offences } = await check.run(sources)
    const plain = offences.map(({ what, row }) => ({ what, row: asJson(row) }))
    return isConcerned ? { id, title, looked, offences: plain, problem: null } : undefined
  } catch {
    await tx.query('rollback to savepoint one_check')
    const problem = 'It took too long here. Run npm run audit.'
    return { id, title, looked: 0, offences: [], problem }
  }
}

function asJson(row: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(row))
}
