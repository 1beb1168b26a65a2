import { SaveZone } from '@souk/order/contract'
import { describe, expect, it } from 'vitest'
import { newMethod, newTier, newZone, zoneRulesOf, zoneValuesOf } from './zone-values.ts'

const id = '019a9c5e-0f00-7abc-8def-0123456789ad'
const method = newMethod({ code: 'standard', name: 'Standard' })
const benelux = {
  ...newZone(),
  name: 'Benelux',
  places: 'BE, NL',
  methods: [{ ...method, freeFrom: '75.00', tiers: [{ ...newTier(), maxKilograms: '5.5' }, newTier()] }],
}
/** Without the names that rows have only while they are typed. */
const typed = (values: unknown) =>
  JSON.parse(JSON.stringify(values, (name, value) => (name === 'key' ? undefined : value)))

describe('the form of a zone', () => {
  it('makes what the contract takes, and comes back as it was', () => {
    const made = zoneRulesOf(benelux)
    if (!('rules' in made)) throw new Error(JSON.stringify(made))
    const zone = SaveZone.parse({ id, ...made.rules })
    expect(zone.methods[0]?.tiers[0]).toEqual({ maxGrams: 5500, maxSubtotalMinor: null, priceMinor: 490 })
    expect(typed(zoneValuesOf({ ...zone, version: 1 }))).toEqual(typed(benelux))
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ places: ' ' }, 'places'],
    [{ methods: [{ ...method, minDays: 'soon' }] }, 'methods.0.minDays'],
    [{ methods: [{ ...method, tiers: [{ ...newTier(), price: '-1' }] }] }, 'methods.0.tiers.0.priceMinor'],
    [
      { methods: [{ ...method, tiers: [{ ...newTier(), maxKilograms: '0' }] }] },
      'methods.0.tiers.0.maxGrams',
    ],
  ])('%j is put right before it is sent', (over, path) => {
    const made = zoneRulesOf({ ...benelux, ...over })
    expect(Object.keys('faults' in made ? made.faults : {})).toEqual([path])
  })
})
