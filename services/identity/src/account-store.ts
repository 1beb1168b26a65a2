import type { Sql } from '@souk/db/connect'
import type { IdentityDatabase } from '@souk/db/identity'
import type { Role } from '@souk/kernel/principal'
import type { Account } from './account.ts'
import type { NamedPerson } from './contract.ts'

type Row = {
  id: string
  email: string
  name: string
  roles: Role[]
  password_hash: string
  version: number
  created_at: Date
}

const columns = 'id, email, name, roles, password_hash, version, created_at'

export function readAccount(row: Row): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: row.roles,
    passwordHash: row.password_hash,
    version: row.version,
    createdAt: row.created_at,
  }
}

export async function findAccountByEmail(db: IdentityDatabase, email: string): Promise<Account | undefined> {
  const [row] = await db.sql.query<Row>(
    `select ${columns} from account where email = $1`,
    [email],
    'account-by-email',
  )
  return row && readAccount(row)
}

export async function findAccount(db: IdentityDatabase, id: string): Promise<Account | undefined> {
  const [row] = await db.sql.query<Row>(`select ${columns} from account where id = $1`, [id], 'account-by-id')
  return row && readAccount(row)
}

/** Holds the account's row until the transaction ends. */
export async function lockAccount(tx: Sql, id: string): Promise<Account | undefined> {
  const [row] = await tx.query<Row>(`select ${columns} from account where id = $1 for update`, [id])
  return row && readAccount(row)
}

export type NewAccount = {
  id: string
  email: string
  name: string
  roles: readonly Role[]
  passwordHash: string
  now: Date
}

/** Nothing when the e-mail has an account already. */
export async function insertAccount(tx: Sql, account: NewAccount): Promise<Account | undefined> {
  const [row] = await tx.query<Row>(
    `insert into account (id, email, name, roles, password_hash, password_changed_at, created_at, updated_at, version)
     values ($1, $2, $3, $4, $5, $6, $6, $6, 1)
     on conflict (email) do nothing returning ${columns}`,
    [account.id, account.email, account.name, account.roles, account.passwordHash, account.now],
  )
  return row && readAccount(row)
}

export async function updateName(
  db: IdentityDatabase,
  id: string,
  name: string,
  now: Date,
): Promise<Account | undefined> {
  const [row] = await db.sql.query<Row>(
    `update account set name = $2, updated_at = $3 where id = $1 returning ${columns}`,
    [id, name, now],
  )
  return row && readAccount(row)
}

/**
 * Sets a new password and raises the version for the event that tells of it. With `from`, only while that
 * still is the stored hash.
 */
export async function updatePassword(
  tx: Sql,
  change: { id: string; passwordHash: string; from?: string | undefined; now: Date },
): Promise<Account | undefined> {
  const [row] = await tx.query<Row>(
    `update account set password_hash = $2, password_changed_at = $3, updated_at = $3, version = version + 1
     where id = $1 and ($4::text is null or password_hash = $4) returning ${columns}`,
    [change.id, change.passwordHash, change.now, change.from ?? null],
  )
  return row && readAccount(row)
}

/** The same password under today's parameters; left alone when it changed meanwhile. */
export async function replaceHash(
  db: IdentityDatabase,
  change: { id: string; from: string; to: string },
): Promise<boolean> {
  const rows = await db.sql.query(
    'update account set password_hash = $3 where id = $1 and password_hash = $2 returning id',
    [change.id, change.from, change.to],
  )
  return rows.length === 1
}

/** Raises the version for an event and answers it. */
export async function nextVersion(tx: Sql, id: string): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number }>(
    'update account set version = version + 1 where id = $1 returning version',
    [id],
  )
  return row?.version
}

/** Locks every owner, so that two changes of roles follow one another. */
export async function lockOwners(tx: Sql): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from account where roles @> array['owner'] order by id for update`,
  )
  return rows.map((row) => row.id)
}

export async function updateRoles(
  tx: Sql,
  id: string,
  roles: readonly Role[],
  now: Date,
): Promise<Account | undefined> {
  const [row] = await tx.query<Row>(
    `update account set roles = $2, updated_at = $3 where id = $1 returning ${columns}`,
    [id, roles, now],
  )
  return row && readAccount(row)
}

export type AccountSearch = {
  q?: string | undefined
  role?: Role | undefined
  before?: string | undefined
  limit: number
}

/** Newest first. */
export async function searchAccounts(db: IdentityDatabase, search: AccountSearch): Promise<Account[]> {
  const rows = await db.prisma.account.findMany({
    where: {
      ...(search.role === undefined ? {} : { roles: { has: search.role } }),
      ...(search.before === undefined ? {} : { id: { lt: search.before } }),
      ...(search.q === undefined ? {} : { OR: matches(search.q) }),
    },
    orderBy: { id: 'desc' },
    take: search.limit,
  })
  return rows.map((row) => ({ ...row, roles: row.roles as Role[], version: Number(row.version) }))
}

function matches(q: string) {
  const contains = q.replace(/[\\%_]/g, '\\$&')
  return [
    { email: { contains, mode: 'insensitive' } as const },
    { name: { contains, mode: 'insensitive' } as const },
  ]
}

export async function findNames(db: IdentityDatabase, ids: string[]): Promise<NamedPerson[]> {
  return await db.prisma.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  })
}

export async function isEmpty(sql: Sql): Promise<boolean> {
  return (await sql.query('select 1 from account limit 1')).length === 0
}

/** Seeds wait for each other until their transactions end. */
export async function lockForSeed(tx: Sql): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('identity-seed'))`)
}
