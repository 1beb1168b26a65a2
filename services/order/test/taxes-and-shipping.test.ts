import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { PlaceOrder, SaveZone } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

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
async function zone(over: Partial<SaveZone> & Pick<SaveZone, 'places'>) {
  const id = newId()
  const made = await staff().pricing.saveZone.mutate({ id, name: `Zone ${id}`, methods: [method], ...over })
  onTestFinished(async () => void (await staff().pricing.removeZone.mutate({ id })))
  return made
}
const orderTo = (sku: string, country: string, over: Partial<PlaceOrder> = {}): PlaceOrder => {
  const order = orderFor(sku, over)
  return { ...order, shippingAddress: { ...order.shippingAddress, country } }
}

describe('taxes', () => {
  test('are contained in the price or added to it, as the country has it, and kept with the order', async () => {
    const sku = shop.sku({ price: 1000 })
    await zone({ places: ['ZA'] })
    await staff().pricing.saveTax.mutate({
      country: 'ZA',
      pricesIncludeTax: false,
      rates: [
        { taxClass: 'standard', rateBasisPoints: 1500 },
        { region: 'wc', taxClass: 'standard', rateBasisPoints: 1000 },
      ],
    })
    onTestFinished(async () => void (await staff().pricing.removeTax.mutate({ country: 'ZA' })))
    expect((await quote(sku, { country: 'ZA' })).totals).toMatchObject({
      tax: money(225),
      total: money(1725),
      pricesIncludeTax: false,
    })
    expect((await quote(sku, { country: 'ZA', region: 'WC' })).totals.total).toEqual(money(1650))
    const input = orderTo(sku, 'ZA', { expectedTotal: money(1725) })
    const result = await shop.service.as(nobody).order.place.mutate(input)
    expect(result).toMatchObject({
      status: 'placed',
      order: {
        totals: { tax: money(225), total: money(1725), pricesIncludeTax: false },
        taxLines: [{ rateBasisPoints: 1500, netMinor: 1500, taxMinor: 225 }],
      },
    })
  })

  test('F32 price or tax changes between cart and checkout: the old total is answered price_changed, nothing is ordered', async () => {
    const sku = shop.sku({ price: 1000 })
    await zone({ places: ['NA'] })
    const seen = await quote(sku, { country: 'NA' })
    shop.neighbours.prices.set(sku, 1100)
    const dearer = orderTo(sku, 'NA', { expectedTotal: seen.totals.total })
    expect(await shop.service.as(nobody).order.place.mutate(dearer)).toMatchObject({
      status: 'price_changed',
      totals: { total: money(1600) },
    })
    await staff().pricing.saveTax.mutate({
      country: 'NA',
      pricesIncludeTax: false,
      rates: [{ taxClass: 'standard', rateBasisPoints: 1000 }],
    })
    onTestFinished(async () => void (await staff().pricing.removeTax.mutate({ country: 'NA' })))
    const taxed = orderTo(sku, 'NA', { expectedTotal: money(1600) })
    expect(await shop.service.as(nobody).order.place.mutate(taxed)).toMatchObject({
      status: 'price_changed',
      totals: { total: money(1760) },
    })
    expect(
      await shop.service.sql('select 1 from orders where id = any($1)', [[dearer.id, taxed.id]]),
    ).toEqual([])
    expect(shop.neighbours.reservations.has(taxed.id)).toBe(false)
  })
})

describe('shipping', () => {
  test('goes by weight and value, is free from a threshold, and says when it arrives', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    await zone({
      places: ['ZW'],
      methods: [
        {
          ...method,
          description: '',
          isActive: true,
          freeFromMinor: 9000,
          tiers: [
            { maxGrams: 600, maxSubtotalMinor: null, priceMinor: 400 },
            { maxGrams: 3000, maxSubtotalMinor: null, priceMinor: 900 },
          ],
        },
      ],
    })
    const priceOf = async (quantity: number) =>
      (await quote(sku, { country: 'ZW', items: [{ sku, quantity }] })).shippingMethods[0]?.price.amount
    // A piece weighs 300 g.
    expect([await priceOf(2), await priceOf(3), await priceOf(9), await priceOf(11)]).toEqual([
      400,
      900,
      0,
      undefined,
    ])
    expect((await quote(sku, { country: 'ZW' })).shippingMethods[0]).toMatchObject({
      minDays: 1,
      maxDays: 2,
      estimate: { from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    })
  })

  test('to where nothing is delivered is said in the quote, and nothing is ordered', async () => {
    const sku = shop.sku()
    expect(await quote(sku, { country: 'AQ' })).toMatchObject({
      shippingMethods: [],
      shippingMethod: '',
      undeliverable: 'We do not deliver to Antarctica.',
    })
    const input = orderTo(sku, 'AQ')
    await expect(shop.service.as(nobody).order.place.mutate(input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { errors: [{ path: 'shippingAddress.country', message: 'We do not deliver to Antarctica.' }] },
    })
    expect(await shop.service.sql('select 1 from orders where id = $1', [input.id])).toEqual([])
  })

  test('a place belongs to one zone', async () => {
    await zone({ places: ['TZ', 'KE'] })
    await expect(
      staff().pricing.saveZone.mutate({ id: newId(), name: 'Other', places: ['UG', 'KE'], methods: [] }),
    ).rejects.toMatchObject({
      details: { errors: [{ path: 'places.1', message: expect.stringContaining('KE') }] },
    })
  })

  test('a preview says what a cart would cost somewhere', async () => {
    expect(await staff().pricing.preview.query({ subtotalMinor: 5000, country: 'DE' })).toMatchObject({
      zone: 'European Union',
      undeliverable: null,
      options: [
        { code: 'standard', shipping: money(490), total: money(5490), tax: money(876) },
        { code: 'express' },
      ],
    })
    expect((await staff().pricing.preview.query({ subtotalMinor: 5000, country: 'AQ' })).undeliverable).toBe(
      'We do not deliver to Antarctica.',
    )
  })
})
