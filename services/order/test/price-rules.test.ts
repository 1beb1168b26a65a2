import { openOrderDatabase } from '@souk/db/order'
import { listenToSignal, sendSignal } from '@souk/events/signals'
import { systemClock } from '@souk/kernel/clock'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { createLog } from '@souk/service/log'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { OrderContext } from '../src/context.ts'
import type { PlaceOrder, SaveZone } from '../src/contract.ts'
import { quoteOrder } from '../src/pricing/quote-order.ts'
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
/** A zone and a tax of a country of its own, gone after the test. */
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

describe('rules of prices', () => {
  test('a change is told to every instance, and one that hears of it goes by the new rules at once', async () => {
    const sku = shop.sku({ price: 1000 })
    const redisUrl = shop.service.env.REDIS_URL
    let heard = 0
    const listener = listenToSignal({
      redisUrl,
      name: 'prices.changed',
      log: createLog({ service: 'test', instance: 'test', level: 'silent' }),
      onSignal: () => {
        heard += 1
      },
      onReconnect: () => {},
    })
    const redis = createClient({ url: redisUrl })
    await redis.connect()
    onTestFinished(() => {
      listener.stop()
      redis.destroy()
    })
    await until('somebody listens', async () => {
      const [subscribers] = Object.values(await redis.pubSubNumSub(['signal:prices.changed']))
      return Number(subscribers) >= 2
    })
    const made = await zone({ places: ['MZ'] })
    await until('the change is told', async () => heard > 0)
    expect((await quote(sku, { country: 'MZ' })).totals.shipping).toEqual(money(500))
    // As another instance would write it.
    await shop.service.sql(
      `update shipping_method set tiers = '[{"maxGrams": null, "maxSubtotalMinor": null, "priceMinor": 700}]' where zone_id = $1`,
      [made.id],
    )
    const began = Date.now()
    await sendSignal(redis as never, 'prices.changed', {})
    await until('the new price is quoted', async () => {
      return (await quote(sku, { country: 'MZ' })).totals.shipping.amount === 700
    })
    expect(Date.now() - began).toBeLessThan(4000)
  })

  test('who changed what is kept and cannot be rewritten', async () => {
    const made = await zone({ places: ['MW'] })
    await staff().pricing.saveZone.mutate({
      id: made.id,
      name: made.name,
      places: ['MW', 'ZM'],
      methods: [method],
      expectedVersion: made.version,
    })
    const { items } = await staff().pricing.changes.query({})
    expect(items[0]).toMatchObject({
      action: 'zone_changed',
      subject: made.name,
      actor: admin.userId,
      details: { places: { before: ['MW'], after: ['MW', 'ZM'] } },
    })
    await expect(
      shop.service.sql('update price_change set actor = $1 where id = $2', ['me', items[0]?.id]),
    ).rejects.toThrow('append-only')
  })

  test('what changed can be had of one kind and of one person', async () => {
    await zone({ places: ['MV'] })
    const areas = async (wanted: Parameters<ReturnType<typeof staff>['pricing']['changes']['query']>[0]) => {
      const { items } = await staff().pricing.changes.query({ limit: 100, ...wanted })
      return [...new Set(items.map(({ action }) => action.split('_')[0]))]
    }
    expect(await areas({ about: 'zone' })).toEqual(['zone'])
    expect(await areas({ about: 'zone', actor: admin.userId })).toEqual(['zone'])
    expect(await areas({ actor: newId() })).toEqual([])
  })

  test('somebody else’s change in between is a conflict, and a repeat changes nothing more', async () => {
    const id = newId()
    const key = newId()
    const input = { id, name: 'Once', kind: 'percentage' as const, value: 500, code: `ONCE${id.slice(-8)}` }
    const repeated = shop.service.as(admin, { idempotencyKey: key })
    const [one, two] = [
      await repeated.promotion.create.mutate(input),
      await repeated.promotion.create.mutate(input),
    ]
    expect(two).toEqual(one)
    await staff().promotion.update.mutate({ ...input, name: 'Twice', expectedVersion: 1 })
    await expect(staff().promotion.update.mutate({ ...input, expectedVersion: 1 })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const { items } = await staff().pricing.changes.query({ limit: 100 })
    expect(
      items.filter(({ subject }) => subject === one.code).map(({ action, details }) => [action, details]),
    ).toEqual([
      ['promotion_changed', { name: { before: 'Once', after: 'Twice' } }],
      ['promotion_created', expect.objectContaining({ kind: 'percentage' })],
    ])
    await staff().promotion.pause.mutate({ id, isActive: false })
  })

  test('a limit counts orders from before it, and cannot be below them', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const id = newId()
    const base = {
      id,
      name: 'Later limited',
      kind: 'amount' as const,
      value: 100,
      code: `LATE${id.slice(-8)}`,
    }
    await staff().promotion.create.mutate(base)
    for (const _ of [1, 2]) {
      await shop.service.as(nobody).order.place.mutate(orderFor(sku, { promotionCode: base.code }))
    }
    await expect(staff().promotion.update.mutate({ ...base, usageLimit: 1 })).rejects.toMatchObject({
      details: { errors: [{ path: 'usageLimit', message: 'It was used 2 times already' }] },
    })
    const limited = await staff().promotion.update.mutate({ ...base, usageLimit: 2 })
    expect(limited).toMatchObject({ state: 'used_up', uses: 2 })
    await expect(
      shop.service.as(nobody).order.place.mutate(orderFor(sku, { promotionCode: base.code })),
    ).rejects.toMatchObject({
      details: { errors: [{ path: 'promotionCode', message: 'This code is used up.' }] },
    })
  })

  test('a quote of a hundred lines and many promotions asks the database no more than one of one line', async () => {
    const skus = Array.from({ length: 100 }, () => shop.sku({ price: 100 }))
    const ids = Array.from({ length: 20 }, () => newId())
    for (const id of ids) {
      await staff().promotion.create.mutate({
        id,
        name: 'Many',
        kind: 'percentage',
        value: 100,
        code: null,
        scope: { skus: [...skus] },
      })
    }
    onTestFinished(async () => {
      for (const id of ids) await staff().promotion.pause.mutate({ id, isActive: false })
    })
    const { env } = shop.service
    const db = openOrderDatabase({ url: env.DATABASE_URL, applicationName: 'count', maxConnections: 2 })
    onTestFinished(async () => await db.close())
    let asked = 0
    const counting: typeof db.sql = {
      query: async (...statement) => {
        asked += 1
        return await db.sql.query(...statement)
      },
    }
    const variants = skus.map((sku, index) => ({
      sku,
      variantId: newId(),
      productId: newId(),
      productSlug: sku.toLowerCase(),
      categorySlug: 'tableware',
      name: sku,
      optionsLabel: '',
      imageUrl: null,
      unitPrice: money(100 + index),
      taxClass: 'standard',
      weightGrams: null,
    }))
    const product = { product: { quote: { query: async () => ({ variants }) } } }
    const counted = { db: { ...db, sql: counting }, product, principal: admin, clock: systemClock }
    const statements = async (wanted: readonly string[]) => {
      asked = 0
      const items = wanted.map((sku) => ({ sku, quantity: 99 }))
      const codes = ['WELCOME10', 'FREESHIP', 'HELLO5']
      await quoteOrder(counted as unknown as OrderContext, { items, promotionCodes: codes })
      return asked
    }
    // The first one also reads the price table: zones, taxes and what applies by itself.
    expect(await statements(skus.slice(0, 1))).toBe(5)
    const one = await statements(skus.slice(0, 1))
    expect([one, await statements(skus)]).toEqual([2, 2])
  })
})

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
