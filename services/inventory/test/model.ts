import fc from 'fast-check'

export const skuCount = 3
export const locationCount = 2
const anySku = fc.integer({ min: 0, max: skuCount - 1 })
const order = fc.integer({ min: 0, max: 5 })
const line = fc.record({ sku: anySku, quantity: fc.integer({ min: 1, max: 5 }) })

export const anyCommand = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant('adjust' as const),
      sku: anySku,
      at: fc.integer({ min: 0, max: locationCount - 1 }),
      delta: fc.integer({ min: -6, max: 9 }).filter((delta) => delta !== 0),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      verb: fc.constant('reserve' as const),
      order,
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('commit' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('release' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('cancel' as const), order }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('expire' as const), order }) },
)
export type Command = typeof anyCommand extends fc.Arbitrary<infer Value> ? Value : never

type Shelf = { onHand: number; reserved: number }
type Held = { shelf: Shelf; quantity: number }
type Order = { status: string; request: string; held: Held[] }

/** What the service promises, one command after the other. Locations come in order of priority. */
export function createModel() {
  const shelves = Array.from({ length: skuCount }, () =>
    Array.from({ length: locationCount }, (): Shelf => ({ onHand: 0, reserved: 0 })),
  )
  const orders = new Map<number, Order>()

  function reserve(command: Command & { verb: 'reserve' }): string {
    const wanted = new Map<number, number>()
    for (const { sku, quantity } of command.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
    const request = JSON.stringify([...wanted].sort())
    const known = orders.get(command.order)
    if (known) {
      if (known.request !== '' && known.request !== request) return 'idempotency_conflict'
      return known.status === 'active' ? 'reserved' : `ended as ${known.status}`
    }
    const free = (sku: number) =>
      (shelves[sku] ?? []).reduce((sum, shelf) => sum + shelf.onHand - shelf.reserved, 0)
    if ([...wanted].some(([sku, quantity]) => quantity > free(sku))) return 'out_of_stock'
    const held: Held[] = []
    for (const [sku, quantity] of wanted) {
      let left = quantity
      for (const shelf of shelves[sku] ?? []) {
        const taken = Math.min(left, shelf.onHand - shelf.reserved)
        if (taken > 0) held.push({ shelf, quantity: taken })
        shelf.reserved += taken
        left -= taken
      }
    }
    orders.set(command.order, { status: 'active', request, held })
    return 'reserved'
  }

  function end(order: Order, status: 'committed' | 'released' | 'expired'): void {
    order.status = status
    for (const { shelf, quantity } of order.held) {
      shelf.reserved -= quantity
      if (status === 'committed') shelf.onHand -= quantity
    }
  }

  function release(number: number): string {
    const known = orders.get(number)
    if (!known) orders.set(number, { status: 'released', request: '', held: [] })
    if (!known || known.request === '') return 'nothing_reserved'
    if (known.status === 'committed') return 'committed'
    if (known.status === 'active') end(known, 'released')
    return 'released'
  }

  /** Applies a command and says what the answer must be. */
  function apply(command: Command): string {
    if (command.verb === 'reserve') return reserve(command)
    if (command.verb === 'release') return release(command.order)
    if (command.verb === 'adjust') {
      const shelf = shelves[command.sku]?.[command.at]
      if (!shelf || shelf.onHand + command.delta < shelf.reserved) return 'invalid_state'
      shelf.onHand += command.delta
      return 'adjusted'
    }
    const known = orders.get(command.order)
    if (command.verb === 'commit') {
      if (known?.status === 'active') end(known, 'committed')
      return known?.status === 'committed' ? 'committed' : 'gone'
    }
    if (command.verb === 'expire') {
      if (known?.status === 'active') end(known, 'expired')
      return 'swept'
    }
    if (known?.status === 'committed') {
      for (const { shelf, quantity } of known.held) shelf.onHand += quantity
      known.status = 'restocked'
    } else release(command.order)
    return 'undone'
  }

  return { apply, shelves }
}
