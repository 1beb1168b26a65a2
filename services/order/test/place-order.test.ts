import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { PlaceOrder, PlaceResult } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'
import { decideByToken } from './neighbours.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const place = async (input: PlaceOrder, key?: string) =>
  await shop.service.as(nobody, key === undefined ? {} : { idempotencyKey: key }).order.place.mutate(input)

function placed(result: PlaceResult) {
  if (result.status !== 'placed') throw new Error(`Expected placed, got ${JSON.stringify(result)}`)
  return result.order
}
const eventsOf = async (orderId: string) =>
  (
    await shop.service.sql<{ name: string; aggregate_version: number }>(
      'select name, aggregate_version from outbox where aggregate_id = $1 order by seq',
      [orderId],
    )
  ).map(({ name, aggregate_version }) => `${aggregate_version} ${name}`)

describe('placing an order', () => {
  test('confirms a paid order and announces it in order', async () => {
    const sku = shop.sku({ price: 1900 })
    const order = placed(await place(orderFor(sku, { items: [{ sku, quantity: 2 }] })))
    expect(order).toMatchObject({
      status: 'confirmed',
      userId: null,
      totals: { subtotal: money(3800), total: money(4290) },
    })
    expect(order.payment?.status).toBe('captured')
    expect(order.timeline.map((entry) => entry.type)).toEqual(['placed', 'confirmed'])
    expect(await eventsOf(order.id)).toEqual(['1 order.placed', '2 order.confirmed'])
    expect(shop.neighbours.reservations.get(order.id)?.status).toBe('committed')
  })

  test('gives a guest the key to the order, and nobody else a way in', async () => {
    const order = placed(await place(orderFor(shop.sku())))
    const guest = shop.service.as(nobody)
    expect((await guest.order.get.query({ id: order.id, orderToken: order.accessToken ?? '' })).id).toBe(
      order.id,
    )
    for (const attempt of [
      () => guest.order.get.query({ id: order.id }),
      () => guest.order.get.query({ id: order.id, orderToken: `${order.accessToken}x` }),
      () => shop.service.as(person()).order.get.query({ id: order.id }),
      () => guest.order.get.query({ id: newId() }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no such order.' })
    }
    expect((await shop.service.as(person('staff')).order.get.query({ id: order.id })).number).toBe(
      order.number,
    )
  })

  test('a repeat with the same key gives the first answer and charges nothing more', async () => {
    const sku = shop.sku({ stock: 50 })
    const input = orderFor(sku)
    const key = newId()
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => placed(await place({ ...input, id: newId() }, key))),
    )
    expect(new Set(answers.map((order) => order.id)).size).toBe(1)
    expect(new Set(answers.map((order) => order.accessToken)).size).toBe(1)
    expect(shop.neighbours.charges.filter((orderId) => orderId === answers[0]?.id)).toHaveLength(1)
    expect(shop.neighbours.stock.get(sku)).toBe(49)
  })

  test('the same key with another body is refused and writes nothing', async () => {
    const sku = shop.sku()
    const key = newId()
    placed(await place(orderFor(sku), key))
    await expect(place(orderFor(sku, { items: [{ sku, quantity: 2 }] }), key)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'idempotency_conflict' },
    })
    const [row] = await shop.service.sql<{ count: number }>(
      'select count(*)::int as count from orders where command_key = $1',
      [key],
    )
    expect(row?.count).toBe(1)
  })

  test('two people may use the same key', async () => {
    const sku = shop.sku()
    const key = newId()
    const first = shop.service.as(person(), { idempotencyKey: key })
    const second = shop.service.as(person(), { idempotencyKey: key })
    const one = placed(await first.order.place.mutate(orderFor(sku)))
    const two = placed(await second.order.place.mutate(orderFor(sku)))
    expect(one.id).not.toBe(two.id)
  })

  test('answers sold out with what is left, once and for every repeat', async () => {
    const sku = shop.sku({ stock: 1 })
    const key = newId()
    const input = orderFor(sku, { items: [{ sku, quantity: 3 }] })
    const short = { status: 'out_of_stock', lines: [{ sku, requested: 3, available: 1 }] }
    expect(await place(input, key)).toEqual(short)
    shop.neighbours.stock.set(sku, 100)
    expect(await place(input, key)).toEqual(short)
    expect(await eventsOf(input.id)).toEqual(['1 order.failed'])
  })

  test('answers a declined card with the provider’s sentence and leaves a failed order', async () => {
    const input = orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_declined' } })
    expect(await place(input)).toEqual({
      status: 'payment_declined',
      orderId: input.id,
      message: 'The card was declined.',
    })
    const order = await shop.service.as(person('staff')).order.get.query({ id: input.id })
    expect(order).toMatchObject({ status: 'failed', reason: 'The card was declined.' })
    expect(await eventsOf(input.id)).toEqual(['1 order.failed'])
  })

  test('refuses another total than the buyer saw, and orders nothing', async () => {
    const input = orderFor(shop.sku({ price: 1900 }), { expectedTotal: money(2000) })
    const result = await place(input)
    expect(result).toMatchObject({ status: 'price_changed', totals: { total: money(2390) } })
    expect(await shop.service.sql('select 1 from orders where id = $1', [input.id])).toEqual([])
  })

  test('keeps the price the buyer accepted when the catalogue changes afterwards', async () => {
    const sku = shop.sku({ price: 1900 })
    const order = placed(await place(orderFor(sku, { expectedTotal: money(2390) })))
    shop.neighbours.prices.set(sku, 9900)
    const later = await shop.service.as(person('staff')).order.get.query({ id: order.id })
    expect(later.totals.total).toEqual(money(2390))
  })

  test('waits for the customer, then confirms when payment says so', async () => {
    const order = placed(
      await place(orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_3ds' } })),
    )
    expect(order).toMatchObject({ status: 'awaiting_payment', payment: { action: { type: 'redirect' } } })
    const payment = shop.neighbours.payments.get(order.payment?.id ?? '')
    if (!payment) throw new Error('no payment')
    shop.neighbours.payments.set(payment.id, { ...payment, status: 'captured', action: null })
    await shop.publish('payment', {
      name: 'payment.processed',
      aggregateId: payment.id,
      data: {
        paymentId: payment.id,
        orderId: order.id,
        outcome: 'captured',
        method: 'card',
        amountMinor: 2390,
        currency: 'EUR',
        failureReason: null,
      },
    })
    await until('the order is confirmed', async () => {
      const now = await shop.service
        .as(nobody)
        .order.get.query({ id: order.id, orderToken: order.accessToken ?? '' })
      return now.status === 'confirmed'
    })
    expect(await eventsOf(order.id)).toEqual([
      '1 order.placed',
      '2 order.payment_requested',
      '3 order.confirmed',
    ])
  })

  test('does not guess when the provider has not answered: pending, and settled later', async () => {
    const order = placed(
      await place(orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_unknown' } })),
    )
    expect(order.status).toBe('pending')
    const payment = shop.neighbours.payments.get(order.payment?.id ?? '')
    if (!payment) throw new Error('no payment')
    shop.neighbours.payments.set(payment.id, { ...payment, status: 'captured' })
    await until('the job asked again', async () => {
      const now = await shop.service.as(person('staff')).order.get.query({ id: order.id })
      return now.status === 'confirmed'
    })
  })

  test('keeps the goods longer while the payment is under way at the provider, and only when time runs out', async () => {
    const order = placed(
      await place(orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_unknown' } })),
    )
    expect(shop.neighbours.extended).not.toContain(order.id)
    const reservation = shop.neighbours.reservations.get(order.id)
    if (!reservation) throw new Error('nothing is reserved')
    reservation.expiresAt = new Date(Date.now() + 100_000).toISOString()
    await until('the job asked for more time', () => shop.neighbours.extended.includes(order.id))
  })

  test('an order whose payment could not be asked for is finished by the job, and charged once', async () => {
    const input = orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_crash' } })
    expect(placed(await place(input)).status).toBe('pending')
    shop.neighbours.decide = () => ({ status: 'captured', action: null, failure: null })
    onTestFinished(() => {
      shop.neighbours.decide = decideByToken
    })
    await shop.service.sql('update orders set lease_until = null, next_check_at = now() where id = $1', [
      input.id,
    ])
    await until('the job finished it', async () => {
      const now = await shop.service.as(person('staff')).order.get.query({ id: input.id })
      return now.status === 'confirmed'
    })
    expect(shop.neighbours.charges.filter((orderId) => orderId === input.id)).toHaveLength(1)
  })

  test('a buyer who paid is never told that the stock is gone while his money stays: the order fails, so payment gives it back', async () => {
    const order = placed(
      await place(orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_3ds' } })),
    )
    const reservation = shop.neighbours.reservations.get(order.id)
    const payment = shop.neighbours.payments.get(order.payment?.id ?? '')
    if (!reservation || !payment) throw new Error('nothing was reserved')
    reservation.status = 'expired'
    shop.neighbours.payments.set(payment.id, { ...payment, status: 'captured' })
    await shop.publish('inventory', {
      name: 'stock.reservation_expired',
      aggregateId: order.id,
      data: { orderId: order.id, reservationId: newId() },
    })
    await until('the order failed', async () => {
      const now = await shop.service.as(person('staff')).order.get.query({ id: order.id })
      return now.status === 'failed'
    })
    expect((await eventsOf(order.id)).at(-1)).toBe('3 order.failed')
  })

  test.each([
    [
      'an unknown SKU',
      (sku: string) => orderFor(sku, { items: [{ sku: 'NO-SUCH', quantity: 1 }] }),
      'items.0.sku',
    ],
    [
      'an unknown shipping method',
      (sku: string) => orderFor(sku, { shippingMethod: 'balloon' }),
      'shippingMethod',
    ],
    ['an unknown code', (sku: string) => orderFor(sku, { promotionCode: 'NOPE' }), 'promotionCode'],
    [
      'a quantity of zero',
      (sku: string) => orderFor(sku, { items: [{ sku, quantity: 0 }] }),
      'items.0.quantity',
    ],
    [
      'a quantity of 2^31',
      (sku: string) => orderFor(sku, { items: [{ sku, quantity: 2 ** 31 }] }),
      'items.0.quantity',
    ],
    ['a fraction', (sku: string) => orderFor(sku, { items: [{ sku, quantity: 1.5 }] }), 'items.0.quantity'],
    [
      'a card number',
      (sku: string) => orderFor(sku, { paymentMethod: { type: 'card', token: '4242424242424242' } }),
      'paymentMethod.token',
    ],
    [
      'a country in words',
      (sku: string) =>
        orderFor(sku, {
          shippingAddress: { name: 'A', line1: 'B', city: 'C', postalCode: '1', country: 'Germany' },
        }),
      'shippingAddress.country',
    ],
  ])('refuses %s by path and writes nothing', async (_what, build, path) => {
    const input = build(shop.sku())
    const failure = await place(input).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INVALID_INPUT' })
    expect(failure).toHaveProperty('details.errors.0.path', path)
    expect(await shop.service.sql('select 1 from orders where id = $1', [input.id])).toEqual([])
  })

  test('merges lines of one SKU', async () => {
    const sku = shop.sku()
    const order = placed(
      await place(
        orderFor(sku, {
          items: [
            { sku, quantity: 1 },
            { sku, quantity: 2 },
          ],
        }),
      ),
    )
    expect(order.items.map(({ quantity }) => quantity)).toEqual([3])
  })

  test('empties the cart it came from', async () => {
    const sku = shop.sku()
    const guest = shop.service.as(nobody)
    const cart = await guest.cart.addItem.mutate({ cartId: newId(), sku, quantity: 1 })
    placed(await place(orderFor(sku, { cartId: cart.id })))
    expect((await guest.cart.get.query({ cartId: cart.id }))?.lines).toEqual([])
  })

  test('never stands beside a full cart: the order and its empty cart are one statement', async () => {
    const sku = shop.sku()
    const guest = shop.service.as(nobody)
    const cart = await guest.cart.addItem.mutate({ cartId: newId(), sku, quantity: 1 })
    await shop.service.sql(
      `create function keep_lines() returns trigger language plpgsql as $$ begin
         if old.cart_id = '${cart.id}' then raise exception 'not now'; end if;
         return old;
       end $$;
       create trigger keep_lines before delete on cart_line for each row execute function keep_lines()`,
    )
    const input = orderFor(sku, { cartId: cart.id })
    const order = placed(await place(input))
    expect(order.status).toBe('pending')
    expect(await eventsOf(order.id)).toEqual([])
    await shop.service.sql('drop trigger keep_lines on cart_line')
    await shop.service.sql('update orders set lease_until = null, next_check_at = now() where id = $1', [
      order.id,
    ])
    const saved = await until('the job goes on', async () => {
      const [now] = await shop.service.sql<{ status: string }>('select status from orders where id = $1', [
        order.id,
      ])
      return now?.status === 'confirmed' ? now : undefined
    })
    expect(saved.status).toBe('confirmed')
    expect(await eventsOf(order.id)).toEqual(['1 order.placed', '2 order.confirmed'])
    expect((await guest.cart.get.query({ cartId: cart.id }))?.lines).toEqual([])
  })
})
