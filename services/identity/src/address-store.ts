import type { Sql } from '@souk/db/connect'
import type { IdentityDatabase } from '@souk/db/identity'
import type { Address } from '@souk/kernel/address'
import type { SavedAddress } from './contract.ts'

type Row = {
  id: string
  name: string
  line1: string
  line2: string | null
  city: string
  postal_code: string
  region: string | null
  country: string
  phone: string | null
  is_default: boolean
}

const columns = 'id, name, line1, line2, city, postal_code, region, country, phone, is_default'

function readAddress(row: Row): SavedAddress {
  const { name, line1, city, country } = row
  const address: Address = {
    name,
    line1,
    ...(row.line2 === null ? {} : { line2: row.line2 }),
    city,
    postalCode: row.postal_code,
    ...(row.region === null ? {} : { region: row.region }),
    country,
    ...(row.phone === null ? {} : { phone: row.phone }),
  }
  return { id: row.id, address, isDefault: row.is_default }
}

/** The default first, then the newest. */
export async function addressesOf(sql: Sql, accountId: string): Promise<SavedAddress[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from saved_address where account_id = $1 order by is_default desc, id desc`,
    [accountId],
    'addresses-of',
  )
  return rows.map(readAddress)
}

export async function listAddresses(db: IdentityDatabase, accountId: string): Promise<SavedAddress[]> {
  return await addressesOf(db.sql, accountId)
}

/** Nobody's default, so that another can become it. */
export async function clearDefault(tx: Sql, accountId: string): Promise<void> {
  await tx.query('update saved_address set is_default = false where account_id = $1 and is_default', [
    accountId,
  ])
}

/** Inserts an address, or replaces the one of this account with the same id. */
export async function writeAddress(
  tx: Sql,
  accountId: string,
  saved: SavedAddress,
  now: Date,
): Promise<SavedAddress | undefined> {
  const { address } = saved
  const [row] = await tx.query<Row>(
    `insert into saved_address (id, account_id, name, line1, line2, city, postal_code, region, country, phone, is_default, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
     on conflict (id) do update set
       name = excluded.name, line1 = excluded.line1, line2 = excluded.line2, city = excluded.city,
       postal_code = excluded.postal_code, region = excluded.region, country = excluded.country,
       phone = excluded.phone, is_default = excluded.is_default, updated_at = excluded.updated_at
     where saved_address.account_id = excluded.account_id
     returning ${columns}`,
    [
      saved.id,
      accountId,
      address.name,
      address.line1,
      address.line2 ?? null,
      address.city,
      address.postalCode,
      address.region ?? null,
      address.country,
      address.phone ?? null,
      saved.isDefault,
      now,
    ],
  )
  return row && readAddress(row)
}

export async function deleteAddress(tx: Sql, accountId: string, id: string): Promise<boolean> {
  const rows = await tx.query('delete from saved_address where id = $1 and account_id = $2 returning id', [
    id,
    accountId,
  ])
  return rows.length === 1
}

export async function makeDefault(tx: Sql, id: string): Promise<void> {
  await tx.query('update saved_address set is_default = true where id = $1', [id])
}
