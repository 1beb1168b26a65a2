import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

describe('a cart', () => {
  test('shows names, prices and what is missing', async () => {
    const plenty = shop.sku({ price: 1000, stock: 10 })
    const few = shop.sku({ price: 500, stock: 1 })
    const none = shop.sku({ price: 700, stock: 0 })
    const guest = shop.service.as(nobody)
    const cartId = newId()
    await guest.cart.addItem.mutate({ cartId, sku: plenty, quantity: 2 })
    await guest.cart.addItem.mutate({ cartId, sku: few, quantity: 3 })
    const cart = await guest.cart.addItem.mutate({ cartId, sku: none, quantity: 1 })
    expect(cart).toMatchObject({ id: cartId, itemCount: 6, subtotal: money(2000 + 1500 + 700) })
    expect(cart.lines.map(({ problem, available }) => [problem, available])).toEqual([
      [null, null],
      ['not_enough', 1],
      ['sold_out', 0],
    ])
    shop.neighbours.prices.delete(plenty)
    expect((await guest.cart.get.query({ cartId }))?.lines[0]?.problem).toBe('not_for_sale')
  })

  test('says how many of a line ship later, and calls short only what cannot be had at all', async () => {
    const sku = shop.sku({ price: 1000, stock: 2 })
    shop.neighbours.backorders.set(sku, 3)
    shop.neighbours.expected.set(sku, '2999-12-24')
    const guest = shop.service.as(nobody)
    const cartId = newId()
    const lineOf = (cart: { lines: { problem: unknown; available: unknown; shipsLater: unknown }[] }) => {
      const [line] = cart.lines
      return [line?.problem, line?.available, line?.shipsLater]
    }
    const add = async (quantity: number) => await guest.cart.addItem.mutate({ cartId, sku, quantity })
    expect(lineOf(await add(2))).toEqual([null, null, 0])
    expect(lineOf(await add(2))).toEqual([null, null, 2])
    expect(lineOf(await add(2))).toEqual(['not_enough', 5, 3])
  })

  test('a repeated command with one key adds once', async () => {
    const sku = shop.sku()
    const cartId = newId()
    const guest = shop.service.as(nobody, { idempotencyKey: newId() })
    await Promise.all(
      Array.from({ length: 5 }, async () => await guest.cart.addItem.mutate({ cartId, sku, quantity: 1 })),
    )
    expect((await shop.service.as(nobody).cart.get.query({ cartId }))?.itemCount).toBe(1)
  })

  test('twenty additions at once all count', async () => {
    const sku = shop.sku()
    const cartId = newId()
    const guest = shop.service.as(nobody)
    await Promise.all(
      Array.from({ length: 20 }, async () => await guest.cart.addItem.mutate({ cartId, sku, quantity: 1 })),
    )
    expect((await guest.cart.get.query({ cartId }))?.itemCount).toBe(20)
  })

  test('a guest’s cart joins the customer’s at sign-in, once', async () => {
    const [a, b] = [shop.sku(), shop.sku()]
    const guestCart = newId()
    const customer = shop.service.as(person())
    await shop.service.as(nobody).cart.addItem.mutate({ cartId: guestCart, sku: a, quantity: 2 })
    await customer.cart.addItem.mutate({ sku: b, quantity: 1 })
    const merged = await customer.cart.merge.mutate({ cartId: guestCart })
    expect(merged.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [b, 1],
      [a, 2],
    ])
    expect((await customer.cart.merge.mutate({ cartId: guestCart })).itemCount).toBe(3)
    expect(await shop.service.as(nobody).cart.get.query({ cartId: guestCart })).toBeNull()
  })

  test('a customer’s cart is missing to everybody else', async () => {
    const cart = await shop.service.as(person()).cart.addItem.mutate({ sku: shop.sku(), quantity: 1 })
    for (const other of [shop.service.as(nobody), shop.service.as(person())]) {
      await expect(other.cart.get.query({ cartId: cart.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(
        other.cart.setQuantity.mutate({ cartId: cart.id, sku: cart.lines[0]?.sku ?? '', quantity: 0 }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(shop.service.as(person()).cart.merge.mutate({ cartId: cart.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('an item that is not for sale cannot be added', async () => {
    const attempt = shop.service
      .as(nobody)
      .cart.addItem.mutate({ cartId: newId(), sku: 'NO-SUCH', quantity: 1 })
    await expect(attempt).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { errors: [{ path: 'sku', message: 'NO-SUCH is not for sale' }] },
    })
  })
})
