import { describe, expect, test } from 'vitest'
import { optionsFor, type ShippingMethod, workingDayAfter, zoneFor } from './shipping.ts'

const method: ShippingMethod = {
  code: 'standard',
  name: 'Standard',
  description: '',
  tiers: [
    { maxGrams: 1000, maxSubtotalMinor: null, priceMinor: 490 },
    { maxGrams: 5000, maxSubtotalMinor: 20_000, priceMinor: 990 },
  ],
  freeFromMinor: 7500,
  minDays: 3,
  maxDays: 5,
  isActive: true,
}
const priceOf = (grams: number, subtotalMinor: number) =>
  optionsFor({ methods: [method] }, { grams, subtotalMinor })[0]?.priceMinor

describe('shipping', () => {
  test('costs by weight and value, and nothing from a threshold on, not one cent before', () => {
    expect([priceOf(0, 100), priceOf(1000, 100), priceOf(1001, 100)]).toEqual([490, 490, 990])
    expect([priceOf(1001, 7499), priceOf(1001, 7500)]).toEqual([990, 0])
  })

  test('is not offered to what no tier can carry, nor while it is switched off', () => {
    expect(priceOf(5001, 100)).toBeUndefined()
    expect(priceOf(1001, 20_001)).toBeUndefined()
    expect(optionsFor({ methods: [{ ...method, isActive: false }] }, { grams: 0, subtotalMinor: 0 })).toEqual(
      [],
    )
  })

  test('goes by the region, then the country, then everywhere else', () => {
    const zones = [{ places: ['US'] }, { places: ['US-CA', 'DE'] }]
    expect(zoneFor(zones, 'US', 'ca')).toBe(zones[1])
    expect(zoneFor(zones, 'US', 'NY')).toBe(zones[0])
    expect(zoneFor(zones, 'BR', undefined)).toBeUndefined()
    const world = { places: ['*'] }
    expect(zoneFor([...zones, world], 'BR', undefined)).toBe(world)
  })

  test('arrives on working days', () => {
    const saturday = new Date('2026-11-21T12:00:00Z')
    expect([0, 1, 5, 6].map((days) => workingDayAfter(saturday, days))).toEqual([
      '2026-11-23',
      '2026-11-23',
      '2026-11-27',
      '2026-11-30',
    ])
  })
})
