import type { DatabaseName } from '@souk/db/databases'

export type ProviderCharge = {
  id: string
  reference: string
  capturedAmount: number
  refundedAmount: number
  updatedAt: string
}

/** Of charges up to `forgottenThrough`, those that are not listed were settled and forgotten. */
export type ProviderPage = { items: ProviderCharge[]; forgottenThrough: string | null }

/** Read-only views of the shop's databases and of its streams. */
export type Sources = {
  /** What is younger may still be on its way and is not judged. 0 once nothing happens any more. */
  graceSeconds: number
  sql<Row extends object>(database: DatabaseName, text: string, values?: unknown[]): Promise<Row[]>
  /** The sandbox's own list of charges, where it can be asked. */
  providerCharges?: () => AsyncIterable<ProviderPage>
  /** How each consumer group stands: `stream`, `group`, entries not delivered and not acknowledged. */
  groups(): Promise<{ stream: string; group: string; lag: number; pending: number }[]>
}

/** One row that breaks an invariant, in words and with what identifies it. */
export type Offence = { what: string; row: object }

export type Check = {
  /** The invariant's name, such as `I1`. */
  id: string
  title: string
  /** Counts what was looked at and lists what offends, at most `maxOffences`. */
  run(sources: Sources): Promise<{ looked: number; offences: Offence[]; remark?: string }>
}

export const maxOffences = 20

/** In `offending`, `$1` is the grace in seconds. */
export type Query = { database: DatabaseName; count: string; offending: string; what: string }

/** An invariant that one database can answer by itself: a count, and a query that finds nothing when all is well. */
export function sqlCheck(id: string, title: string, queries: readonly Query[]): Check {
  return {
    id,
    title,
    run: async ({ sql, graceSeconds }) => {
      let looked = 0
      const offences: Offence[] = []
      for (const query of queries) {
        const [counted] = await sql<{ count: number }>(query.database, query.count)
        looked += Number(counted?.count ?? 0)
        const values = query.offending.includes('$1') ? [graceSeconds] : []
        const rows = await sql<object>(query.database, `${query.offending} limit ${maxOffences}`, values)
        offences.push(...rows.map((row) => ({ what: query.what, row })))
      }
      return { looked, offences }
    },
  }
}
