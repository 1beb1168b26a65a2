import { type Check, maxOffences, type Offence, type Sources, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'

const countFollowUps = 'select count(*)::int as count from follow_up'

const kept = sqlCheck('I26', '', [
  {
    database: 'order',
    count: countFollowUps,
    what: 'What it says it became is not what its order is',
    offending: `
      select f.id, f.state, f.reason, f.order_id, o.status from follow_up f left join orders o on o.id = f.order_id
      where (f.state = 'placed' and o.confirmed_at is null) or (f.state = 'ended' and o.confirmed_at is not null)`,
  },
  {
    database: 'order',
    count: `select count(*)::int as count from follow_up where kind = 'addition'`,
    what: 'The edit it came from does not say what of its money moved',
    offending: `
      select f.id, f.state, f.moves_minor, e.status, e.lowered_minor, e.moved_minor from follow_up f
      left join order_edit e on e.id = f.id
      where f.kind = 'addition' and f.promised_at is not null and (e.id is null
        or e.moved_minor <> case f.state when 'placed' then f.moves_minor else 0 end
        or (e.status = 'waiting' and f.state in ('placed', 'ended')))`,
  },
  {
    database: 'order',
    count: 'select count(*)::int as count from follow_up where not is_done',
    what: 'Nobody looked at it when it was time to',
    offending: `select id, origin_id, state, next_check_at from follow_up
      where not is_done and next_check_at < now() - make_interval(secs => 60 + $1)`,
  },
])

export const followUpChecks: readonly Check[] = [
  {
    id: 'I26',
    title: 'what follows an order has its goods while it is promised, and its money is in one place',
    run: async (sources) => {
      const first = await kept.run(sources)
      const second = await compareWithReservations(sources)
      return {
        looked: first.looked + second.looked,
        offences: [...first.offences, ...second.offences].slice(0, maxOffences),
      }
    },
  },
]

type Promised = { id: string; order_id: string; state: string; is_done: boolean }

/** Held from the promise until it is ordered, and let go once it has ended; its order's own checks see to the rest. */
async function compareWithReservations(sources: Sources): Promise<{ looked: number; offences: Offence[] }> {
  let looked = 0
  const offences: Offence[] = []
  const promised = inBatches<Promised>(
    sources,
    'order',
    `select f.id, f.order_id, f.state, f.is_done from (
       select * from follow_up where promised_at is not null
         and updated_at < now() - make_interval(secs => ${Number(sources.graceSeconds)})
         and not exists (select from orders where id = order_id)
         and (is_done or steps @> '[{"step": "hold", "result": "reserved"}]')) f`,
    'f.id',
  )
  for await (const batch of promised) {
    looked += batch.length
    const active = await activeOf(
      sources,
      batch.map(({ order_id }) => order_id),
    )
    for (const each of batch) {
      const isHeld = active.has(each.order_id)
      const isLive = each.state === 'open' || each.state === 'started'
      if (isLive && !isHeld) offences.push({ what: 'Promised, and its goods are not held', row: each })
      if (each.is_done && isHeld) offences.push({ what: 'Over, and its goods are still held', row: each })
    }
  }
  return { looked, offences }
}

async function activeOf({ sql }: Sources, orderIds: string[]): Promise<Set<string>> {
  const rows = await sql<{ order_id: string }>(
    'inventory',
    `select order_id from reservation where status = 'active' and order_id = any($1::uuid[])`,
    [orderIds],
  )
  return new Set(rows.map(({ order_id }) => order_id))
}
