import fc from 'fast-check'

export const skuCount = 3
export const locationCount = 2
const anySku = fc.integer({ min: 0, max: skuCount - 1 })
const anyPlace = fc.integer({ min: 0, max: locationCount - 1 })
const order = fc.integer({ min: 0, max: 5 })
const line = fc.record({ sku: anySku, quantity: fc.integer({ min: 1, max: 5 }) })

export const anyCommand = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant('adjust' as const),
      sku: anySku,
      at: anyPlace,
      delta: fc.integer({ min: -6, max: 9 }).filter((delta) => delta !== 0),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      verb: fc.constant('reserve' as const),
      order,
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('commit' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('release' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('cancel' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('expire' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('extend' as const), order }) },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('configure' as const),
      sku: anySku,
      limit: fc.integer({ min: 0, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('receive' as const),
      sku: anySku,
      at: anyPlace,
      quantity: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('transfer' as const),
      sku: anySku,
      from: anyPlace,
      quantity: fc.integer({ min: 1, max: 4 }),
      isReceived: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('arrive' as const),
      missing: fc.integer({ min: -1, max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('resolve' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      isLost: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('count' as const),
      sku: anySku,
      at: anyPlace,
      counted: fc.integer({ min: 0, max: 12 }),
    }),
  },
)
export type Command = typeof anyCommand extends fc.Arbitrary<infer Value> ? Value : never

type Shelf = { onHand: number; reserved: number }
type Part = { shelf: Shelf; quantity: number }
type Promised = { sku: number; waiting: number }
type Order = { status: string; request: string; held: Part[]; out: Part[]; promised: Promised[] }
type Sent = { sku: number; from: Shelf; to: Shelf; quantity: number }

/** What the service promises, one command after the other. Locations come in order of priority. */
export function createModel() {
  const shelves = Array.from({ length: skuCount }, () =>
    Array.from({ length: locationCount }, (): Shelf => ({ onHand: 0, reserved: 0 })),
  )
  const limits = Array.from({ length: skuCount }, () => 0)
  /** By age: the order in which they were made. */
  const orders = new Map<number, Order>()
  const onTheWay: Sent[] = []
  const shelfAt = (sku: number, at: number): Shelf => shelves[sku]?.[at] ?? { onHand: 0, reserved: 0 }
  const freeOf = ({ onHand, reserved }: Shelf) => onHand - reserved
  const free = (sku: number) => (shelves[sku] ?? []).reduce((sum, shelf) => sum + freeOf(shelf), 0)
  const owed = (sku: number) =>
    [...orders.values()]
      .flatMap(({ promised }) => promised)
      .reduce((sum, one) => sum + (one.sku === sku ? one.waiting : 0), 0)

  function reserve(command: Command & { verb: 'reserve' }): string {
    const wanted = new Map<number, number>()
    for (const { sku, quantity } of command.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
    const request = JSON.stringify([...wanted].sort())
    const known = orders.get(command.order)
    if (known) {
      if (known.request !== '' && known.request !== request) return 'idempotency_conflict'
      return known.status === 'active' ? 'reserved' : `ended as ${known.status}`
    }
    const sellable = (sku: number) => Math.max(0, free(sku) - owed(sku) + (limits[sku] ?? 0))
    if ([...wanted].some(([sku, quantity]) => quantity > sellable(sku))) return 'out_of_stock'
    const made: Order = { status: 'active', request, held: [], out: [], promised: [] }
    for (const [sku, quantity] of wanted) {
      let left = quantity
      // What is free belongs to older promises first.
      let skip = owed(sku)
      for (const shelf of shelves[sku] ?? []) {
        const skipped = Math.min(skip, freeOf(shelf))
        skip -= skipped
        const taken = Math.min(left, freeOf(shelf) - skipped)
        if (taken > 0) made.held.push({ shelf, quantity: taken })
        shelf.reserved += taken
        left -= taken
      }
      if (left > 0) made.promised.push({ sku, waiting: left })
    }
    orders.set(command.order, made)
    return 'reserved'
  }

  function end(ended: Order, status: 'committed' | 'released' | 'expired'): void {
    ended.status = status
    for (const part of ended.held) {
      part.shelf.reserved -= part.quantity
      if (status === 'committed') {
        part.shelf.onHand -= part.quantity
        ended.out.push(part)
      }
    }
    if (status !== 'committed') ended.promised = []
  }

  function release(number: number): string {
    const known = orders.get(number)
    if (!known) {
      orders.set(number, { status: 'released', request: '', held: [], out: [], promised: [] })
    }
    if (!known || known.request === '') return 'nothing_reserved'
    if (known.status === 'committed') return 'committed'
    if (known.status === 'active') end(known, 'released')
    return 'released'
  }

  /** Whatever has arrived goes to those who paid and wait, oldest first. */
  function fill(): void {
    for (const known of orders.values()) {
      if (known.status !== 'committed') continue
      for (const promise of known.promised) {
        for (const shelf of shelves[promise.sku] ?? []) {
          const quantity = Math.min(promise.waiting, freeOf(shelf))
          if (quantity <= 0) continue
          shelf.onHand -= quantity
          promise.waiting -= quantity
          known.out.push({ shelf, quantity })
        }
      }
    }
  }

  function cancel(number: number): string {
    const known = orders.get(number)
    if (known?.status === 'committed') {
      for (const { shelf, quantity } of known.out) shelf.onHand += quantity
      known.promised = []
      known.status = 'restocked'
    } else if (known?.status !== 'restocked') release(number)
    return 'undone'
  }

  function move(command: Command & { verb: 'transfer' | 'arrive' | 'resolve' }): string {
    if (command.verb === 'transfer') {
      const from = shelfAt(command.sku, command.from)
      if (command.quantity > freeOf(from)) return 'invalid_state'
      const to = shelfAt(command.sku, 1 - command.from)
      from.onHand -= command.quantity
      if (command.isReceived) to.onHand += command.quantity
      else onTheWay.push({ sku: command.sku, from, to, quantity: command.quantity })
      return command.isReceived ? 'received' : 'dispatched'
    }
    const [sent] = onTheWay
    if (!sent) return 'nothing_sent'
    if (command.verb === 'resolve') {
      if (command.quantity > sent.quantity) return 'invalid_state'
      sent.quantity -= command.quantity
      if (!command.isLost) sent.from.onHand += command.quantity
      if (sent.quantity > 0) return 'dispatched'
    }
    onTheWay.shift()
    if (command.verb === 'resolve') return 'cancelled'
    sent.to.onHand += Math.max(0, sent.quantity - command.missing)
    return 'received'
  }

  function decide(command: Command): string {
    switch (command.verb) {
      case 'reserve':
        return reserve(command)
      case 'release':
        return release(command.order)
      case 'cancel':
        return cancel(command.order)
      case 'transfer':
      case 'arrive':
      case 'resolve':
        return move(command)
      case 'configure':
        limits[command.sku] = command.limit
        return 'configured'
      case 'receive':
        shelfAt(command.sku, command.at).onHand += command.quantity
        return 'posted'
      case 'adjust':
      case 'count': {
        const shelf = shelfAt(command.sku, command.at)
        const after = command.verb === 'count' ? command.counted : shelf.onHand + command.delta
        if (after < shelf.reserved) return 'invalid_state'
        shelf.onHand = after
        return command.verb === 'count' ? 'posted' : 'adjusted'
      }
      case 'commit':
      case 'expire':
      case 'extend':
        return endOrExtend(command)
    }
  }

  function endOrExtend(command: Command & { verb: 'commit' | 'expire' | 'extend' }): string {
    const known = orders.get(command.order)
    const isActive = known?.status === 'active'
    if (command.verb === 'extend') return isActive ? 'extended' : 'gone'
    if (isActive) end(known, command.verb === 'commit' ? 'committed' : 'expired')
    if (command.verb === 'expire') return 'swept'
    return known?.status === 'committed' ? 'committed' : 'gone'
  }

  return {
    /** Applies a command and says what the answer must be. */
    apply: (command: Command): string => {
      const answer = decide(command)
      fill()
      return answer
    },
    shelves,
    owed: () => shelves.map((_, sku) => owed(sku)),
  }
}
