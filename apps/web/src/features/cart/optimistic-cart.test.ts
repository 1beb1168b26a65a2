import type { Cart } from '@souk/order/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemLines, withLineAt, withQuantity } from './optimistic-cart.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
type Line = Cart['lines'][number]

function line(sku: string, quantity: number, unitMinor: number, extra: Partial<Line> = {}): Line {
  return {
    sku,
    productSlug: sku,
    name: sku,
    optionsLabel: '',
    imageUrl: null,
    quantity,
    unitPrice: eur(unitMinor),
    total: eur(unitMinor * quantity),
    problem: null,
    shipsLater: 0,
    expectedOn: null,
    available: null,
    ...extra,
  }
}

function cart(lines: Line[]): Cart {
  return {
    id: '01900000-0000-7000-8000-000000000000',
    userId: null,
    lines,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal: eur(lines.reduce((sum, { total }) => sum + total.amount, 0)),
    promotions: [],
    discount: eur(0),
    version: 3,
    updatedAt: '2026-11-20T10:00:00.000Z',
  }
}

const lines = fc.uniqueArray(
  fc.record({
    sku: fc.stringMatching(/^[A-D]$/),
    quantity: fc.integer({ min: 1, max: 999 }),
    unit: fc.nat(10_000_000),
  }),
  { selector: ({ sku }) => sku, minLength: 1 },
)
const carts = lines.map((made) => cart(made.map(({ sku, quantity, unit }) => line(sku, quantity, unit))))

describe('a cart that is shown before the shop has answered', () => {
  it('always adds up', () => {
    fc.assert(
      fc.property(
        carts,
        fc.constantFrom('A', 'B', 'C', 'D'),
        fc.integer({ min: 0, max: 999 }),
        (before, sku, quantity) => {
          const after = withQuantity(before, sku, quantity)
          expect(after.itemCount).toBe(after.lines.reduce((sum, each) => sum + each.quantity, 0))
          expect(after.subtotal.amount).toBe(
            after.lines.reduce((sum, each) => sum + each.unitPrice.amount * each.quantity, 0),
          )
          expect(after.lines.some((each) => each.quantity === 0)).toBe(false)
        },
      ),
    )
  })

  it('is the same again after a removal is undone', () => {
    fc.assert(
      fc.property(carts, fc.nat(), (before, pick) => {
        const index = pick % before.lines.length
        const removed = before.lines[index]
        if (!removed) throw new Error('no line')
        expect(withLineAt(withQuantity(before, removed.sku, 0), removed, index)).toEqual(before)
      }),
    )
  })

  it('leaves a cart without that line as it is', () => {
    const before = cart([line('A', 1, 1900)])
    expect(withQuantity(before, 'B', 5)).toEqual(before)
  })

  it('takes a warning back once no more is wanted than there is', () => {
    const before = cart([line('A', 5, 1900, { problem: 'not_enough', available: 3 })])
    expect(problemLines(withQuantity(before, 'A', 4))).toHaveLength(1)
    expect(problemLines(withQuantity(before, 'A', 3))).toHaveLength(0)
  })

  it('keeps a line sold out whatever its quantity', () => {
    const before = cart([line('A', 1, 1900, { problem: 'sold_out', available: 0 })])
    expect(problemLines(withQuantity(before, 'A', 2))).toHaveLength(1)
  })
})
