import type { DatabaseName } from '@souk/db/databases'
import type { Sources } from './check.ts'

const batchSize = 2000

/** Reads a large result by its time-ordered id, so that an audit of a big shop fits in memory. `select` must give `id` and have no `where`. */
export async function* inBatches<Row extends { id: string }>(
  { sql }: Sources,
  database: DatabaseName,
  select: string,
  idColumn: string,
): AsyncGenerator<Row[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await sql<Row>(
      database,
      `${select} where ${idColumn} > $1::uuid order by ${idColumn} limit ${batchSize}`,
      [after],
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < batchSize) return
    after = last.id
  }
}
