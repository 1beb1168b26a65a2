import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillOldestFirst } from './backorder.ts'

const place = fc
  .tuple(fc.nat(12), fc.nat(12))
  .map(([free, reserved]) => ({ onHand: free + reserved, reserved }))
const places = fc
  .array(place, { maxLength: 4 })
  .map((all) => all.map((one, index) => ({ ...one, locationId: `place-${index}` })))
const waiting = fc
  .array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 })
  .map((all) =>
    all.map((quantity, index) => ({ reservationId: `r-${index}`, orderId: `o-${index}`, waiting: quantity })),
  )

describe('filling promises', () => {
  it('hands out all that is free or all that is waited for, and never what orders hold', () => {
    fc.assert(
      fc.property(places, waiting, (levels, orders) => {
        const fills = fillOldestFirst(levels, orders)
        const total = fills.reduce((sum, fill) => sum + fill.quantity, 0)
        const free = levels.reduce((sum, level) => sum + level.onHand - level.reserved, 0)
        const wanted = orders.reduce((sum, order) => sum + order.waiting, 0)
        expect(total).toBe(Math.min(free, wanted))
        for (const { locationId, onHand, reserved } of levels) {
          const taken = fills.filter((fill) => fill.locationId === locationId)
          expect(taken.reduce((sum, fill) => sum + fill.quantity, 0)).toBeLessThanOrEqual(onHand - reserved)
        }
        for (const fill of fills) expect(fill.quantity).toBeGreaterThan(0)
      }),
    )
  })

  it('gives nothing to a younger order while an older one still waits', () => {
    fc.assert(
      fc.property(places, waiting, (levels, orders) => {
        const fills = fillOldestFirst(levels, orders)
        const got = orders.map(({ reservationId }) =>
          fills
            .filter((fill) => fill.reservationId === reservationId)
            .reduce((sum, fill) => sum + fill.quantity, 0),
        )
        const firstShort = orders.findIndex((order, index) => (got[index] ?? 0) < order.waiting)
        if (firstShort >= 0) expect(got.slice(firstShort + 1).every((quantity) => quantity === 0)).toBe(true)
      }),
    )
  })
})
