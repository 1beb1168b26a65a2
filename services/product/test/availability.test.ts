import { openProductDatabase } from '@souk/db/product'
import type { ShopEvent } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { nobody } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onStockLevelsChanged } from '../src/product/on-stock-levels-changed.ts'
import { type ProductHarness, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

async function handled(eventId: string): Promise<void> {
  await until('the event is handled', async () => await shop.handled(eventId))
}

const names = async (productId: string) => (await shop.events(productId)).map((event) => event.name)
const read = async (idOrSlug: string) => await shop.service.as(nobody).product.get.query({ idOrSlug })

function soldOut(sku: string): ShopEvent<'stock.level_changed'> {
  return {
    id: newId(),
    name: 'stock.level_changed',
    version: 1,
    aggregateId: sku,
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data: { sku, onHand: 0, reserved: 0, available: 0 },
  }
}

describe('what inventory says of a SKU', () => {
  it('is shown: few left, none, many', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 50 })] })
    const sku = product.variants[0]?.sku ?? ''
    for (const [version, pieces, available, lowStock] of [
      [1, 5, true, 5],
      [2, 0, false, null],
      [3, 30, true, null],
    ] as const) {
      await handled(await shop.level(sku, pieces, version))
      expect(await read(product.id)).toMatchObject({ available, variants: [{ available, lowStock }] })
    }
  })

  it('is shown as shipping later when none is here but more may be promised', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 50 })] })
    const sku = product.variants[0]?.sku ?? ''
    for (const [version, pieces, backorderable, shown] of [
      [1, 0, 4, { available: true, shipsLater: true, lowStock: null }],
      [2, 0, 0, { available: false, shipsLater: false, lowStock: null }],
      [3, 2, 4, { available: true, shipsLater: false, lowStock: null }],
      [4, 2, 0, { available: true, shipsLater: false, lowStock: 2 }],
    ] as const) {
      await handled(await shop.level(sku, pieces, version, newId(), backorderable))
      const now = await read(product.id)
      expect(now).toMatchObject({ available: shown.available, variants: [shown] })
      const list = await shop.service.as(nobody).product.list.query({
        category: product.category.slug,
        inStock: true,
      })
      expect(list.items).toHaveLength(shown.available ? 1 : 0)
    }
    expect(await names(product.id)).toHaveLength(5)
  })

  it('is announced when a reader would see it, and otherwise only kept', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 50 })] })
    const sku = product.variants[0]?.sku ?? ''
    await handled(await shop.level(sku, 50, 1))
    await handled(await shop.level(sku, 49, 2))
    expect(await names(product.id)).toEqual(['product.created'])
    await handled(await shop.level(sku, 3, 3))
    const events = await shop.events(product.id)
    expect(events.at(-1)).toMatchObject({
      name: 'product.availability_changed',
      aggregate_version: 2,
      payload: { productId: product.id, slug: product.slug },
    })
    expect(events).toHaveLength(2)
  })

  it('does not turn an edit that is under way into a conflict', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 2 })] })
    await handled(await shop.level(product.variants[0]?.sku ?? '', 1, 1))
    const edited = await shop.staff.product.update.mutate({
      id: product.id,
      name: 'Edited',
      expectedVersion: product.version,
    })
    expect(edited.version).toBe(product.version + 1)
    const versions = (await shop.events(product.id)).map((event) => event.aggregate_version)
    expect(versions).toEqual([1, 2, 3])
  })

  it('counts by version: an older word after a newer one changes nothing', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 9 })] })
    const sku = product.variants[0]?.sku ?? ''
    await handled(await shop.level(sku, 0, 7))
    await handled(await shop.level(sku, 20, 6))
    await handled(await shop.level(sku, 20, 7))
    expect(await read(product.id)).toMatchObject({ available: false })
    expect(await names(product.id)).toEqual(['product.created', 'product.availability_changed'])
  })

  it('delivered twice is one word', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 9 })] })
    const sku = product.variants[0]?.sku ?? ''
    const id = await shop.level(sku, 2, 1)
    await shop.level(sku, 2, 1, id)
    await handled(id)
    await handled(await shop.level(sku, 9, 2, newId()))
    expect(await names(product.id)).toEqual([
      'product.created',
      'product.availability_changed',
      'product.availability_changed',
    ])
  })

  it('of one variant leaves a product available while another is', async () => {
    const product = await shop.product({
      variants: [variant({ size: 's' }, { stock: 1 }), variant({ size: 'm' }, { stock: 1 })],
    })
    const [small, medium] = product.variants.map((each) => each.sku)
    const inStock = async () =>
      (await shop.staff.product.list.query({ category: product.category.slug, inStock: true })).total
    await handled(await shop.level(small ?? '', 0, 1))
    expect(await inStock()).toBe(1)
    await handled(await shop.level(medium ?? '', 0, 1))
    expect(await inStock()).toBe(0)
    const sold = await shop.staff.product.list.query({ category: product.category.slug, inStock: false })
    expect(sold.items).toMatchObject([{ id: product.id, available: false }])
  })

  it('of two variants handled at the same time by two instances sells the product out', async () => {
    const product = await shop.product({
      variants: [variant({ size: 's' }, { stock: 1 }), variant({ size: 'm' }, { stock: 1 })],
    })
    const [small, medium] = product.variants.map((each) => each.sku)
    const db = openProductDatabase({ url: shop.service.env.DATABASE_URL, applicationName: 'second' })
    const held = Promise.withResolvers<void>()
    const handledFirst = Promise.withResolvers<void>()
    const first = db.transaction(async (tx) => {
      await onStockLevelsChanged([soldOut(small ?? '')], tx)
      handledFirst.resolve()
      await held.promise
    })
    await handledFirst.promise
    const second = db.transaction(async (tx) => await onStockLevelsChanged([soldOut(medium ?? '')], tx))
    await until('the second waits for the first', async () => {
      const waiting = await shop.service.sql(
        `select 1 from pg_stat_activity where application_name = 'second' and wait_event_type = 'Lock'`,
      )
      return waiting.length > 0
    })
    held.resolve()
    await Promise.all([first, second])
    await db.close()
    const { total } = await shop.staff.product.list.query({ category: product.category.slug, inStock: true })
    expect(total).toBe(0)
  })

  it('of an unknown SKU is kept for the product that will sell it', async () => {
    const early = `EARLY-${newId().slice(-8)}`
    await handled(await shop.level(early, 4, 3))
    const product = await shop.product({ variants: [{ sku: early, options: {}, stock: 10 }] })
    expect(product.variants).toMatchObject([{ available: true, lowStock: 4 }])
  })

  it('in a burst is applied to the last, and told without a gap', async () => {
    const product = await shop.product({ variants: [variant({ size: 's' }, { stock: 100 })] })
    const sku = product.variants[0]?.sku ?? ''
    let last = ''
    for (let left = 99; left >= 0; left -= 1) last = await shop.level(sku, left, 100 - left)
    await handled(last)
    expect(await read(product.id)).toMatchObject({ available: false })
    // Of figures that come together only the last is told; each of the last five is shown to buyers.
    const versions = (await shop.events(product.id)).map((event) => event.aggregate_version)
    expect(versions).toEqual(versions.map((_, index) => index + 1))
    expect(versions.length).toBeGreaterThanOrEqual(2)
    expect(versions.length).toBeLessThanOrEqual(7)
  })
})
