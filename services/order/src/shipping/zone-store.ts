import type { Sql } from '@souk/db/connect'
import type { SaveZone, Zone } from '../contract.ts'

const select = `select z.id, z.name, z.position, z.version,
  coalesce((select json_agg(p.place order by p.place) from shipping_place p where p.zone_id = z.id), '[]') as places,
  coalesce((select json_agg(json_build_object('code', m.code, 'name', m.name, 'description', m.description, 'tiers', m.tiers,
      'freeFromMinor', m.free_from_minor, 'minDays', m.min_days, 'maxDays', m.max_days, 'isActive', m.is_active)
      order by m.position, m.code)
    from shipping_method m where m.zone_id = z.id), '[]') as methods
  from shipping_zone z`

export async function listZones(sql: Sql): Promise<Zone[]> {
  return await sql.query<Zone>(`${select} order by z.position, z.name, z.id`, [], 'shipping-zones')
}

export async function lockZone(tx: Sql, id: string): Promise<Zone | undefined> {
  await tx.query('select 1 from shipping_zone where id = $1 for update', [id])
  const [zone] = await tx.query<Zone>(`${select} where z.id = $1`, [id])
  return zone
}

/** Which of these places belong to another zone, and to which. */
export async function placesOfOthers(
  tx: Sql,
  zoneId: string,
  places: readonly string[],
): Promise<{ place: string; zone: string }[]> {
  return await tx.query<{ place: string; zone: string }>(
    `select p.place, z.name as zone from shipping_place p join shipping_zone z on z.id = p.zone_id
     where p.zone_id <> $1 and p.place = any($2)`,
    [zoneId, places],
  )
}

export async function saveZone(tx: Sql, zone: SaveZone): Promise<Zone> {
  await tx.query(
    `insert into shipping_zone (id, name, position) values ($1, $2, $3)
     on conflict (id) do update set name = excluded.name, position = excluded.position, version = shipping_zone.version + 1`,
    [zone.id, zone.name, zone.position],
  )
  await tx.query('delete from shipping_place where zone_id = $1', [zone.id])
  await tx.query('insert into shipping_place (zone_id, place) select $1, unnest($2::text[])', [
    zone.id,
    zone.places,
  ])
  await tx.query('delete from shipping_method where zone_id = $1', [zone.id])
  await tx.query(
    `insert into shipping_method (zone_id, position, code, name, description, tiers, free_from_minor, min_days, max_days, is_active)
     select $1, method.* from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::bigint[], $8::int[],
       $9::int[], $10::boolean[]) as method`,
    [
      zone.id,
      zone.methods.map((_, index) => index),
      zone.methods.map((method) => method.code),
      zone.methods.map((method) => method.name),
      zone.methods.map((method) => method.description),
      zone.methods.map((method) => JSON.stringify(method.tiers)),
      zone.methods.map((method) => method.freeFromMinor),
      zone.methods.map((method) => method.minDays),
      zone.methods.map((method) => method.maxDays),
      zone.methods.map((method) => method.isActive),
    ],
  )
  const [saved] = await tx.query<Zone>(`${select} where z.id = $1`, [zone.id])
  if (!saved) throw new Error('The zone that was just written is not there')
  return saved
}

export async function removeZone(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from shipping_zone where id = $1', [id])
}
