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
import type { SaveZone } from '../src/contract.ts'
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
async function zone(over: Partial<SaveZone> & Pick<SaveZone, 'places'>) {
  const id = newId()
  const made = await staff().pricing.saveZone.mutate({ id, name: `Zone ${id}`, methods: [method], ...over })
  onTestFinished(async () => void (await staff().pricing.removeZone.mutate({ id })))
  return made
}

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
    const quotes = async () => variants
    const inventory = { stock: { levels: { query: async () => ({ items: [] }) } } }
    const counted = {
      db: { ...db, sql: counting },
      quotes,
      inventory,
      principal: admin,
      clock: systemClock,
    }
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
