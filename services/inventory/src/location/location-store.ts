import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { AppError } from '@souk/kernel/errors'

export async function findLocations(db: InventoryDatabase) {
  return await db.prisma.location.findMany({
    select: { id: true, code: true, name: true, priority: true },
    orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  })
}

/** The location named, or nothing when there is none with that id. */
export async function findLocationId(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>('select id from location where id = $1', [id])
  return row?.id
}

/** Where goods arrive when nobody says where. */
export async function firstLocationId(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    'select id from location order by priority, id limit 1',
    [],
    'location-first',
  )
  if (!row) throw new AppError('INVALID_STATE', 'There is no location that could hold goods.')
  return row.id
}
