import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, startOrderHarness } from './harness.ts'

let shop: OrderHarness
const admin = person('staff')
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const staff = () => shop.service.as(admin)
const quote = async (sku: string, over: object = {}) =>
  await shop.service.as(nobody).checkout.quote.query({ items: [{ sku, quantity: 1 }], ...over })
const method = {
  code: 'standard',
  name: 'Standard',
  tiers: [{ priceMinor: 500 }],
  minDays: 1,
  maxDays: 2,
}

describe('what staff cannot enter', () => {
  const promotion = { id: newId(), name: 'Bad', kind: 'percentage' as const, value: 1000 }
  const zoneInput = { id: newId(), name: 'Bad', places: ['DJ'], methods: [method] }
  const create = async (over: object) => await staff().promotion.create.mutate({ ...promotion, ...over })
  const saveZone = async (over: object) => await staff().pricing.saveZone.mutate({ ...zoneInput, ...over })
  const saveTax = async (rate: object) =>
    await staff().pricing.saveTax.mutate({
      country: 'DJ',
      pricesIncludeTax: true,
      rates: [{ taxClass: 'standard', rateBasisPoints: 100, ...rate }],
    })
  const offer = { buyQuantity: 2, getQuantity: 1 }

  test.each([
    ['a discount below zero', () => create({ value: -1 }), 'value'],
    ['half a cent', () => create({ kind: 'amount', value: 0.5 }), 'value'],
    ['2^31 per cent', () => create({ value: 2 ** 31 }), 'value'],
    ['more than all', () => create({ value: 10_001 }), 'value'],
    ['a discount of nothing', () => create({ kind: 'amount', value: 0 }), 'value'],
    ['a code of 10 kB', () => create({ code: 'X'.repeat(10_000) }), 'code'],
    ['a code with spaces', () => create({ code: 'TEN OFF' }), 'code'],
    ['a taken code', () => create({ code: 'welcome10' }), 'code'],
    [
      'an end before the start',
      () => create({ startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }),
      'endsAt',
    ],
    ['a day without a time', () => create({ startsAt: '2026-02-01' }), 'startsAt'],
    [
      'buy nothing',
      () => create({ kind: 'buy_x_get_y', offer: { ...offer, buyQuantity: 0 } }),
      'offer.buyQuantity',
    ],
    [
      'get nothing',
      () => create({ kind: 'buy_x_get_y', offer: { ...offer, getQuantity: 0 } }),
      'offer.getQuantity',
    ],
    ['buy and get without saying how many', () => create({ kind: 'buy_x_get_y' }), 'offer'],
    ['an offer that is none', () => create({ offer }), 'offer'],
    ['a customer who is neither', () => create({ customers: ['ada'] }), 'customers.0'],
    ['a limit of nothing', () => create({ usageLimit: 0 }), 'usageLimit'],
    ['a field that is not there', () => create({ isFree: true }), ''],
    ['a tax above all', () => saveTax({ rateBasisPoints: 10_001 }), 'rates.0.rateBasisPoints'],
    ['a tax of a class that is not there', () => saveTax({ taxClass: 'luxury' }), 'rates.0.taxClass'],
    ['a region of 10 kB', () => saveTax({ region: 'x'.repeat(10_000) }), 'rates.0.region'],
    ['a country in words', () => saveZone({ places: ['Germany'] }), 'places.0'],
    ['a place named twice', () => saveZone({ places: ['DJ', 'DJ'] }), 'places.1'],
    ['a method named twice', () => saveZone({ methods: [method, method] }), 'methods.1.code'],
    ['a method without a price', () => saveZone({ methods: [{ ...method, tiers: [] }] }), 'methods.0.tiers'],
    [
      'a last day before the first',
      () => saveZone({ methods: [{ ...method, minDays: 3 }] }),
      'methods.0.maxDays',
    ],
    [
      'a price below zero',
      () => saveZone({ methods: [{ ...method, tiers: [{ priceMinor: -1 }] }] }),
      'methods.0.tiers.0.priceMinor',
    ],
    [
      'six codes',
      async () => await quote(shop.sku(), { promotionCodes: Array.from({ length: 6 }, () => 'A') }),
      'promotionCodes',
    ],
  ] as [string, () => Promise<unknown>, string][])('%s is refused by path', async (_what, attempt, path) => {
    const failure = await attempt().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INVALID_INPUT' })
    expect(failure).toHaveProperty('details.errors.0.path', path)
  })

  test('a customer may not see or change any of it', async () => {
    const customer = shop.service.as(person())
    for (const attempt of [
      () => customer.promotion.list.query({}),
      () => customer.promotion.create.mutate(promotion),
      () => customer.pricing.saveTax.mutate({ country: 'DJ', pricesIncludeTax: true, rates: [] }),
      () => customer.pricing.removeZone.mutate({ id: newId() }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })
})
