import type { DatabaseName } from '@souk/db/databases'
import { type Check, maxOffences, sqlCheck } from './check.ts'
import { findUnhandled } from './unhandled.ts'

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

const numbering = sqlCheck(
  'I16',
  '',
  publishers.map((database) => ({
    database,
    count: countOutbox,
    what: `A gap in the ${database} outbox`,
    offending: `
      select aggregate_id, count(*) as events, min(aggregate_version) as first, max(aggregate_version) as last from outbox
      group by 1 having count(*) <> max(aggregate_version) - min(aggregate_version) + 1`,
  })),
)

/** A dead letter that a person had handled later may come after its successors. */
const order = sqlCheck(
  'I16',
  '',
  consumers.map((database) => ({
    database,
    count: 'select count(*)::int as count from inbox',
    what: `${database} handled an older event after a newer one`,
    offending: `
      select event_id, name, aggregate_id, aggregate_version, newest, handled_at from (
        select *, max(aggregate_version) over (
          partition by consumer, aggregate_id order by handled_at range between unbounded preceding and current row exclude group
        ) as newest from inbox
      ) step
      where newest > aggregate_version
        and not exists (select from dead_letter where dead_letter.event_id = step.event_id::text)`,
  })),
)

export const eventChecks: readonly Check[] = [
  sqlCheck(
    'I14',
    'every event has left its outbox',
    publishers.map((database) => ({
      database,
      count: countOutbox,
      what: `Waiting in the ${database} outbox for too long`,
      offending: `select seq, name, aggregate_id, occurred_at from outbox
        where published_at is null and occurred_at < now() - make_interval(secs => $1)`,
    })),
  ),
  {
    id: 'I15',
    title: 'a confirmed order has one confirmation mail',
    run: async ({ sql, graceSeconds }) => {
      const mails = await sql<{ order_id: string; count: number }>(
        'notification',
        `select order_id, count(*)::int as count from message where template = 'order-confirmed' and resent_from is null
         and order_id is not null group by 1`,
      )
      const confirmed = await sql<{ id: string }>(
        'order',
        'select id from orders where confirmed_at < now() - make_interval(secs => $1)',
        [graceSeconds],
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
  {
    id: 'I16',
    title: 'the events of one thing are numbered, and handled, without a gap and in order',
    run: async (sources) => {
      const results = [
        await numbering.run(sources),
        await order.run(sources),
        await findUnhandled(sources, publishers, consumers),
      ]
      return {
        looked: results.reduce((sum, { looked }) => sum + looked, 0),
        offences: results.flatMap(({ offences }) => offences).slice(0, maxOffences),
      }
    },
  },
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
