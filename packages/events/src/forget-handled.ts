import type { Database } from '@souk/db/connect'

const batch = 10_000
/** Longer than any event can come again: outboxes keep theirs for two weeks. */
const inboxDays = 30
const commandDays = 7

/** Removes what no repeat can ask for any more: inbox rows and answers to commands. */
export async function forgetHandled(db: Database<unknown>): Promise<void> {
  await db.sql.query(
    `delete from inbox where ctid in (
       select ctid from inbox where handled_at < now() - make_interval(days => $1) limit $2)`,
    [inboxDays, batch],
  )
  await db.sql.query(
    `delete from idempotency where ctid in (
       select ctid from idempotency where created_at < now() - make_interval(days => $1) limit $2)`,
    [commandDays, batch],
  )
}
