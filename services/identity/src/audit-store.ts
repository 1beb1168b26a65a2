import type { Sql } from '@souk/db/connect'
import type { IdentityDatabase } from '@souk/db/identity'
import { newId } from '@souk/kernel/id'
import type { AuditAction, AuditEntry, ListAudit } from './contract.ts'

export type NewAuditEntry = {
  actorId: string | null
  action: AuditAction
  /** The id of the account it is about, or `unknown`. Never an e-mail. */
  subject: string
  outcome: 'ok' | 'refused'
  details?: Record<string, unknown>
}

/** Adds a line; inside a transaction it exists exactly when the change does. */
export async function writeAudit(sql: Sql, entry: NewAuditEntry, now: Date): Promise<void> {
  await sql.query(
    `insert into audit_entry (id, actor_id, action, subject, outcome, details, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      entry.actorId,
      entry.action,
      entry.subject,
      entry.outcome,
      entry.details === undefined ? null : JSON.stringify(entry.details),
      now,
    ],
    'audit-write',
  )
}

/** Newest first. */
export async function readAudit(
  db: IdentityDatabase,
  wanted: Omit<ListAudit, 'cursor'> & { before: string | undefined },
): Promise<AuditEntry[]> {
  const { actions, outcome, personId, before, limit } = wanted
  const rows = await db.prisma.auditEntry.findMany({
    where: {
      ...(before === undefined ? {} : { id: { lt: before } }),
      ...(actions === undefined ? {} : { action: { in: actions } }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(personId === undefined ? {} : { OR: [{ actorId: personId }, { subject: personId }] }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map((row) => ({
    id: row.id,
    actorId: row.actorId,
    action: row.action as AuditAction,
    subject: row.subject,
    outcome: row.outcome as AuditEntry['outcome'],
    details: row.details as AuditEntry['details'],
    createdAt: row.createdAt.toISOString(),
  }))
}
