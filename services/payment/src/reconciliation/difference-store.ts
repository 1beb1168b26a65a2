import type { PaymentDatabase } from '@souk/db/payment'
import { newId } from '@souk/kernel/id'
import type { Difference, DifferenceKind } from '../contract.ts'
import type { Found, Sums } from './reconciliation.ts'

/** Notes a difference, or that it still stands. One that a person has settled as it is stays settled. */
export async function noteDifference(
  db: PaymentDatabase,
  provider: string,
  found: Found,
  isHealed: boolean,
): Promise<void> {
  const { kind, providerRef, paymentId, theirsChangedAt } = found
  await db.sql.query(
    `insert into reconciliation_difference
       (id, provider, kind, provider_ref, payment_id, ours, theirs, theirs_changed_at, resolved_at, resolution)
     select $1::uuid, $2, $3, $4, $5::uuid, $6::jsonb, $7::jsonb, $8::timestamptz,
       case when $9 then now() end, case when $9 then 'healed' end
     where not exists (
       select from reconciliation_difference where provider = $2 and kind = $3 and provider_ref = $4
         and resolution = 'by_hand' and ours = $6::jsonb and theirs = $7::jsonb)
     on conflict (provider, kind, provider_ref) where resolved_at is null
     do update set last_seen_at = now(), ours = excluded.ours, theirs = excluded.theirs`,
    [
      newId(),
      provider,
      kind,
      providerRef,
      paymentId,
      JSON.stringify(found.ours),
      JSON.stringify(found.theirs),
      theirsChangedAt,
      isHealed,
    ],
  )
}

/** Closes what this comparison looked at and did not find to differ in this way any more. */
export async function closeGone(
  db: PaymentDatabase,
  provider: string,
  looked: { refs: string[]; stillOpen: string[] },
  resolution: 'healed' | 'gone',
): Promise<void> {
  await db.sql.query(
    `update reconciliation_difference set resolved_at = now(), resolution = $4
     where provider = $1 and resolved_at is null and provider_ref = any($2::text[])
       and not kind || ' ' || provider_ref = any($3::text[])`,
    [provider, looked.refs, looked.stillOpen, resolution],
  )
}

export async function settleByHand(
  db: PaymentDatabase,
  id: string,
  note: string,
): Promise<Difference | undefined> {
  await db.sql.query(
    `update reconciliation_difference set resolved_at = now(), resolution = 'by_hand', note = $2
     where id = $1 and resolved_at is null`,
    [id, note],
  )
  const row = await db.prisma.reconciliationDifference.findUnique({ where: { id } })
  return row ? toDifference(row) : undefined
}

/** Open ones first, then what was resolved last. */
export async function readDifferences(db: PaymentDatabase, limit: number): Promise<Difference[]> {
  const open = await db.prisma.reconciliationDifference.findMany({
    where: { resolvedAt: null },
    orderBy: { id: 'desc' },
    take: limit,
  })
  const resolved = await db.prisma.reconciliationDifference.findMany({
    where: { resolvedAt: { not: null } },
    orderBy: { resolvedAt: 'desc' },
    take: Math.min(20, limit),
  })
  return [...open, ...resolved].map(toDifference)
}

export async function countOpen(db: PaymentDatabase): Promise<number> {
  return await db.prisma.reconciliationDifference.count({ where: { resolvedAt: null } })
}

type Row = {
  id: string
  provider: string
  kind: string
  providerRef: string
  paymentId: string | null
  ours: unknown
  theirs: unknown
  firstSeenAt: Date
  resolvedAt: Date | null
  resolution: string | null
  note: string | null
}

function toDifference(row: Row): Difference {
  const { id, provider, providerRef, paymentId, note } = row
  return {
    id,
    provider,
    providerRef,
    paymentId,
    note,
    kind: row.kind as DifferenceKind,
    ours: row.ours as Sums | null,
    theirs: row.theirs as Sums | null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolution: row.resolution as Difference['resolution'],
  }
}
