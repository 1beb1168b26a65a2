import type { Sql } from '@souk/db/connect'
import type { IdentityDatabase } from '@souk/db/identity'
import { newId } from '@souk/kernel/id'

export async function insertResetRequest(db: IdentityDatabase, email: string, now: Date): Promise<void> {
  await db.sql.query(
    'insert into reset_request (id, email, requested_at) values ($1, $2, $3)',
    [newId(), email, now],
    'reset-request',
  )
}

/** Takes up to 20 requests out of the queue; another instance takes others. */
export async function takeResetRequests(tx: Sql): Promise<string[]> {
  const rows = await tx.query<{ email: string }>(
    `delete from reset_request where id in (
       select id from reset_request order by id limit 20 for update skip locked)
     returning email`,
  )
  return [...new Set(rows.map((row) => row.email))]
}

export type Requester = { id: string; email: string; name: string; recentResets: number }

/** The accounts behind these addresses and how many reset links each was sent since `since`. */
export async function findRequesters(tx: Sql, emails: readonly string[], since: Date): Promise<Requester[]> {
  return await tx.query<Requester>(
    `select a.id, a.email, a.name,
            (select count(*)::int from password_reset r where r.account_id = a.id and r.created_at > $2) as "recentResets"
     from account a where a.email = any($1) order by a.id for update of a`,
    [emails, since],
  )
}

export async function insertReset(
  tx: Sql,
  reset: { tokenHash: Buffer; accountId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await tx.query(
    'insert into password_reset (token_hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)',
    [reset.tokenHash, reset.accountId, reset.now, reset.expiresAt],
  )
}

/** Whether a link would still work; nothing is used up. */
export async function isResetOpen(db: IdentityDatabase, tokenHash: Buffer, now: Date): Promise<boolean> {
  const rows = await db.sql.query(
    'select 1 from password_reset where token_hash = $1 and used_at is null and expires_at > $2',
    [tokenHash, now],
  )
  return rows.length === 1
}

/** Uses a reset token once and answers whose it was. */
export async function takeReset(tx: Sql, tokenHash: Buffer, now: Date): Promise<string | undefined> {
  const [row] = await tx.query<{ account_id: string }>(
    `update password_reset set used_at = $2
     where token_hash = $1 and used_at is null and expires_at > $2 returning account_id`,
    [tokenHash, now],
  )
  return row?.account_id
}

/** A changed password makes every link that was sent before worthless. */
export async function closeResetsOf(tx: Sql, accountId: string, now: Date): Promise<void> {
  await tx.query('update password_reset set used_at = $2 where account_id = $1 and used_at is null', [
    accountId,
    now,
  ])
}

/** Forgets links that ended before `endedBefore`, in this table and in the events that carried them. */
export async function sweepResets(db: IdentityDatabase, endedBefore: Date): Promise<void> {
  await db.sql.query('delete from password_reset where expires_at < $1', [endedBefore])
  await db.sql.query(
    `update outbox set payload = jsonb_set(payload, '{resetToken}', '"expired"')
     where name = 'user.password_reset_requested' and occurred_at < $1 and published_at is not null
       and payload ->> 'resetToken' <> 'expired'`,
    [endedBefore],
  )
}
