import type { DatabaseName } from '@souk/db/databases'
import { type Check, maxOffences, sqlCheck } from './check.ts'

const publishers = [
  'product',
  'order',
  'payment',
  'inventory',
  'identity',
] as const satisfies readonly DatabaseName[]
const consumers = [
  'product',
  'order',
  'payment',
  'inventory',
  'notification',
] as const satisfies readonly DatabaseName[]
const countOutbox = 'select count(*)::int as count from outbox'

export const eventChecks: readonly Check[] = [
  sqlCheck(
    'I14',
    'every event has left its outbox',
    publishers.map((database) => ({
      database,
      count: countOutbox,
      what: `Waiting in the ${database} outbox for more than half a minute`,
      offending: `select seq, name, aggregate_id, occurred_at from outbox where published_at is null and occurred_at < now() - interval '30 seconds'`,
    })),
  ),
  {
    id: 'I15',
    title: 'a confirmed order has one confirmation mail',
    run: async ({ sql }) => {
      const mails = await sql<{ order_id: string; count: number }>(
        'notification',
        `select order_id, count(*)::int as count from message where template = 'order-confirmed' and resent_from is null
         and order_id is not null group by 1`,
      )
      const confirmed = await sql<{ id: string }>(
        'order',
        `select id from orders where confirmed_at < now() - interval '1 minute'`,
      )
      const byOrder = new Map(mails.map(({ order_id, count }) => [order_id, count]))
      const twice = mails
        .filter(({ count }) => count > 1)
        .map((row) => ({ what: 'Mailed more than once', row }))
      const never = confirmed
        .filter(({ id }) => !byOrder.has(id))
        .map((row) => ({ what: 'Confirmed and never mailed', row }))
      return { looked: confirmed.length, offences: [...twice, ...never].slice(0, maxOffences) }
    },
  },
  sqlCheck(
    'I16',
    'the events of one thing are numbered without a gap',
    publishers.map((database) => ({
      database,
      count: countOutbox,
      what: `A gap in the ${database} outbox`,
      offending: `
        select aggregate_id, count(*) as events, min(aggregate_version) as first, max(aggregate_version) as last from outbox
        group by 1 having count(*) <> max(aggregate_version) - min(aggregate_version) + 1`,
    })),
  ),
  sqlCheck(
    'I17',
    'no event waits for a person',
    consumers.map((database) => ({
      database,
      count: 'select count(*)::int as count from dead_letter',
      what: `A dead letter of ${database}`,
      offending: 'select id, name, reason, attempts, failed_at from dead_letter where replayed_at is null',
    })),
  ),
  {
    id: 'I18',
    title: 'consumers have read and acknowledged everything',
    run: async ({ groups }) => {
      const all = await groups()
      const behind = all.filter(({ lag, pending }) => lag > 0 || pending > 0)
      return {
        looked: all.length,
        offences: behind.map((row) => ({ what: 'Entries not read or not acknowledged', row })),
      }
    },
  },
]
