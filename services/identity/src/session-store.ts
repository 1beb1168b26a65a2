import type { Sql } from '@souk/db/connect'
import type { IdentityDatabase } from '@souk/db/identity'
import type { Role } from '@souk/kernel/principal'
import type { Account } from './account.ts'
import { readAccount } from './account-store.ts'

export type RevokedBecause = 'sign_out' | 'password' | 'roles' | 'token_reuse'

export type NewSession = {
  sessionId: string
  account: Account
  tokenHash: Buffer
  auditId: string
  now: Date
  expiresAt: Date
}

/**
 * Opens a session and notes the sign-in, unless the password or the account changed since it was
 * checked: then nothing is written and the answer is false.
 */
export async function insertSession(db: IdentityDatabase, session: NewSession): Promise<boolean> {
  const rows = await db.sql.query(
    `with checked as (select id from account where id = $2 and password_hash = $3 for share),
          opened as (
            insert into session (id, account_id, created_at, used_at, expires_at)
            select $1, id, $5, $5, $6 from checked returning id),
          noted as (
            insert into audit_entry (id, actor_id, action, subject, outcome, created_at)
            select $7, id, 'sign_in', id::text, 'ok', $5 from checked)
     insert into refresh_token (token_hash, session_id, issued_at)
     select $4, id, $5 from opened returning session_id`,
    [
      session.sessionId,
      session.account.id,
      session.account.passwordHash,
      session.tokenHash,
      session.now,
      session.expiresAt,
      session.auditId,
    ],
    'session-open',
  )
  return rows.length === 1
}

export type Rotation = {
  tokenHash: Buffer
  salt: Buffer
  successorHash: Buffer
  now: Date
  /** A session lives this long without use, and never longer than the second figure. */
  idleSeconds: number
  longestSeconds: number
}
type RotatedRow = {
  session_id: string
  id: string
  email: string
  name: string
  roles: Role[]
  password_hash: string
  version: number
  created_at: Date
}

/** Uses a refresh token once and stores its successor, in one statement; nothing when it was not to be used. */
export async function rotateToken(
  db: IdentityDatabase,
  rotation: Rotation,
): Promise<{ sessionId: string; account: Account } | undefined> {
  const [row] = await db.sql.query<RotatedRow>(
    `with used as (
       update refresh_token t set used_at = $4, salt = $2
       from session s
       where t.token_hash = $1 and t.used_at is null
         and s.id = t.session_id and s.revoked_at is null and s.expires_at > $4
       returning t.session_id),
     prolonged as (
       update session set used_at = $4,
         expires_at = least($4 + make_interval(secs => $5), created_at + make_interval(secs => $6))
       where id = (select session_id from used) returning account_id),
     next as (
       insert into refresh_token (token_hash, session_id, issued_at)
       select $3, session_id, $4 from used returning session_id)
     select next.session_id, a.id, a.email, a.name, a.roles, a.password_hash, a.version, a.created_at
     from next, prolonged, account a where a.id = prolonged.account_id`,
    [
      rotation.tokenHash,
      rotation.salt,
      rotation.successorHash,
      rotation.now,
      rotation.idleSeconds,
      rotation.longestSeconds,
    ],
    'token-rotate',
  )
  return row && { sessionId: row.session_id, account: readAccount(row) }
}

export type UsedToken = {
  sessionId: string
  usedAt: Date | null
  salt: Buffer | null
  isSessionOpen: boolean
  account: Account
}
type UsedRow = RotatedRow & { used_at: Date | null; salt: Buffer | null; is_open: boolean }

export async function findToken(
  db: IdentityDatabase,
  tokenHash: Buffer,
  now: Date,
): Promise<UsedToken | undefined> {
  const [row] = await db.sql.query<UsedRow>(
    `select t.session_id, t.used_at, t.salt, s.revoked_at is null and s.expires_at > $2 as is_open,
            a.id, a.email, a.name, a.roles, a.password_hash, a.version, a.created_at
     from refresh_token t join session s on s.id = t.session_id join account a on a.id = s.account_id
     where t.token_hash = $1`,
    [tokenHash, now],
    'token-find',
  )
  if (!row) return undefined
  return {
    sessionId: row.session_id,
    usedAt: row.used_at,
    salt: row.salt,
    isSessionOpen: row.is_open,
    account: readAccount(row),
  }
}

/** Ends one session; true when it was open until now. */
export async function revokeSession(
  sql: Sql,
  sessionId: string,
  because: RevokedBecause,
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update session set revoked_at = $3, revoked_because = $2
     where id = $1 and revoked_at is null returning id`,
    [sessionId, because, now],
  )
  return rows.length === 1
}

/** Ends every open session of an account and answers their ids. */
export async function revokeSessionsOf(
  tx: Sql,
  accountId: string,
  because: RevokedBecause,
  now: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update session set revoked_at = $3, revoked_because = $2
     where account_id = $1 and revoked_at is null returning id`,
    [accountId, because, now],
  )
  return rows.map((row) => row.id)
}

export async function listRevokedSince(db: IdentityDatabase, since: Date): Promise<string[]> {
  const rows = await db.prisma.session.findMany({
    where: { revokedAt: { gt: since } },
    orderBy: { revokedAt: 'desc' },
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

/** Forgets salts whose grace is over, tokens used long ago and sessions that ended long ago. */
export async function sweepSessions(
  db: IdentityDatabase,
  limits: { graceEnd: Date; tokensUsedBefore: Date; endedBefore: Date },
): Promise<void> {
  await db.sql.query('update refresh_token set salt = null where salt is not null and used_at < $1', [
    limits.graceEnd,
  ])
  await db.sql.query('delete from refresh_token where used_at < $1', [limits.tokensUsedBefore])
  await db.sql.query('delete from session where expires_at < $1', [limits.endedBefore])
}
