import { SaveZone } from '@souk/order/contract'
import { describe, expect, it } from 'vitest'
import { newMethod, newTier, newZone, zoneRulesOf, zoneValuesOf } from './zone-values.ts'

const id = '019a9c5e-0f00-7abc-8def-0123456789ad'
const benelux = {
  ...newZone,
  name: 'Benelux',
  places: 'BE, NL',
  methods: [{ ...newMethod, freeFrom: '75.00', tiers: [{ ...newTier, maxKilograms: '5.5' }, newTier] }],
}

describe('the form of a zone', () => {
  it('makes what the contract takes, and comes back as it was', () => {
    const made = zoneRulesOf(benelux)
    if (!('rules' in made)) throw new Error(JSON.stringify(made))
    const zone = SaveZone.parse({ id, ...made.rules })
    expect(zone.methods[0]?.tiers[0]).toEqual({ maxGrams: 5500, maxSubtotalMinor: null, priceMinor: 490 })
    expect(zoneValuesOf({ ...zone, version: 1 })).toEqual(benelux)
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ places: ' ' }, 'places'],
    [{ methods: [{ ...newMethod, minDays: 'soon' }] }, 'methods.0.minDays'],
    [{ methods: [{ ...newMethod, tiers: [{ ...newTier, price: '-1' }] }] }, 'methods.0.tiers.0.priceMinor'],
    [
      { methods: [{ ...newMethod, tiers: [{ ...newTier, maxKilograms: '0' }] }] },
      'methods.0.tiers.0.maxGrams',
    ],
  ])('%j is put right before it is sent', (over, path) => {
    const made = zoneRulesOf({ ...benelux, ...over })
    expect(Object.keys('faults' in made ? made.faults : {})).toEqual([path])
  })
})
