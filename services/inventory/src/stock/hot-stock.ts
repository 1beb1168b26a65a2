import { repeatOnConflict, type Sql } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { faultPoint } from '@souk/service/fault-point'
import { gather } from '@souk/service/gather'
import { type Sold, sellReservations } from './end-store.ts'
import { insertReservations, type ReservationOutcome, type ReservationRequest } from './reserve-store.ts'

type Decided = Exclude<ReservationOutcome, { outcome: 'contested' }>

export type HotStock = {
  reserve: (request: ReservationRequest) => Promise<Decided>
  /** Answers what the reservation was before; `active` ones are sold now. */
  sell: (orderId: string) => Promise<Sold>
}

/** Only the order service buys. */
const actor = 'service:order'
/** Beyond this the joins inside one statement cost more than a second statement. */
const maxItems = 100
const maxWaiting = 5000

/**
 * The two verbs that hundreds of buyers call at once. Each process sends one statement of a kind at a
 * time, with all that wait in it: one row lock and one commit for many orders, and nobody waits for a
 * lock for longer than a statement takes.
 */
export function createHotStock(options: {
  sql: Sql
  lowStockThreshold: number
  onChanged: () => void
}): HotStock {
  const { sql, lowStockThreshold, onChanged } = options
  const limits = { maxItems, maxWaiting, isOutage }
  return {
    reserve: gather({
      ...limits,
      keyOf: (request) => request.orderId,
      run: async (requests) => {
        const decided = await reserveInTurn(sql, requests, lowStockThreshold)
        faultPoint('inventory.reserved')
        if (decided.some(({ outcome }) => outcome === 'reserved')) onChanged()
        return decided
      },
    }),
    sell: gather({
      ...limits,
      keyOf: (orderId) => orderId,
      run: async (orderIds) => {
        const sold = await repeatOnConflict(
          async () => await sellReservations(sql, orderIds, { actor, reason: null, lowStockThreshold }),
        )
        faultPoint('inventory.committed')
        onChanged()
        return orderIds.map((orderId) => sold.get(orderId) ?? { before: undefined, promised: [] })
      },
    }),
  }
}

/** Contested orders are asked again, without those that are decided. The first in line is never contested twice. */
async function reserveInTurn(
  sql: Sql,
  requests: readonly ReservationRequest[],
  lowStockThreshold: number,
): Promise<Decided[]> {
  const decided = new Map<string, Decided>()
  let open = requests
  for (let round = 0; open.length > 0; round += 1) {
    if (round > requests.length + 10) throw new Error('Reservations stay contested')
    const asked = open
    const outcomes = await repeatOnConflict(
      async () => await insertReservations(sql, asked, { actor, lowStockThreshold }),
    )
    for (const [index, outcome] of outcomes.entries()) {
      const request = asked[index]
      if (request && outcome.outcome !== 'contested') decided.set(request.orderId, outcome)
    }
    open = asked.filter((request) => !decided.has(request.orderId))
  }
  return requests.flatMap((request) => decided.get(request.orderId) ?? [])
}

function isOutage(error: unknown): boolean {
  const { kind } = classifyDbError(error)
  return kind === 'unavailable' || kind === 'retry'
}
