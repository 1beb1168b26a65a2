import { newId } from '@souk/kernel/id'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newProduct, type OrderBody, orderBody, type Rest, restClient, staffToken } from '../src/buyer.ts'
import { testServers } from '../src/env.ts'
import { startShop, type TestShop } from '../src/shop.ts'
import { until } from '../src/until.ts'

let shop: TestShop
let rest: Rest
let token: string
beforeAll(async () => {
  shop = await startShop({
    environment: { SOUK_DEMO: '1' },
    told: { order: { PLACING_LEASE_SECONDS: '1' } },
  })
  rest = restClient(shop.gatewayUrl)
  token = await staffToken(shop)
})
afterAll(async () => await shop?.stop())

const level = async (sku: string) =>
  (await rest<{ onHand: number; reserved: number }>(`/inventory/${sku}`, { token })).body
const paidBy = (card: string) => ({ paymentMethod: { type: 'card', token: card } })

test('no lock is held while the provider is asked: others buy the same product meanwhile', async () => {
  const { sku } = await newProduct(rest, token, { stock: 30 })
  let isSlowOver = false
  const slow = rest<OrderBody>('/orders', { key: newId(), body: orderBody(sku, paidBy('tok_slow')) }).then(
    (answer) => {
      isSlowOver = true
      return answer
    },
  )
  await until('the slow buyer’s piece is held', async () => (await level(sku)).reserved === 1)
  const others = await Promise.all(
    Array.from(
      { length: 10 },
      async () => await rest<OrderBody>('/orders', { key: newId(), body: orderBody(sku) }),
    ),
  )
  expect(isSlowOver).toBe(false)
  expect(others.every(({ status, body }) => status === 201 && body.status === 'confirmed')).toBe(true)
  expect((await slow).status).toBe(201)
  await until('everybody has a piece', async () => {
    const { onHand, reserved } = await level(sku)
    return onHand === 19 && reserved === 0
  })
})

test('bundle lines that share one product cannot oversell it', async () => {
  const { sku } = await newProduct(rest, token, { stock: 3 })
  const items = [
    { sku, quantity: 2 },
    { sku, quantity: 2 },
  ]
  const answer = await rest<{ code: string }>('/orders', { key: newId(), body: orderBody(sku, { items }) })
  expect([400, 409]).toContain(answer.status)
  await until('nothing is held', async () => (await level(sku)).reserved === 0)
  expect(await level(sku)).toMatchObject({ onHand: 3, reserved: 0 })
})

test('F21 two carts race for the last piece: one gets it, the others are told so and hold nothing', async () => {
  const { sku } = await newProduct(rest, token, { stock: 1 })
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      async () =>
        await rest<OrderBody & { code?: string }>('/orders', { key: newId(), body: orderBody(sku) }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status, body }) => status === 409 && body.code === 'out_of_stock')).toHaveLength(
    19,
  )
  await until('nothing is held', async () => (await level(sku)).reserved === 0)
  expect((await level(sku)).onHand).toBe(0)
})

test('an order that is undone was never announced as placed or confirmed, and nobody got a mail that says so', async () => {
  const { sku } = await newProduct(rest, token, { stock: 1 })
  const refused = [
    await rest('/orders', { key: newId(), body: orderBody(sku, paidBy('tok_declined')) }),
    await rest('/orders', { key: newId(), body: orderBody(sku, { items: [{ sku, quantity: 5 }] }) }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([402, 409])
  const failed = await shop.sql<{ id: string }>(
    'order',
    `select o.id from orders o join order_line l on l.order_id = o.id where l.sku = $1 and o.status = 'failed'`,
    [sku],
  )
  expect(failed).toHaveLength(2)
  const ids = failed.map(({ id }) => id)
  const events = await shop.sql<{ name: string }>(
    'order',
    'select distinct name from outbox where aggregate_id = any($1)',
    [ids],
  )
  expect(events.map(({ name }) => name)).toEqual(['order.failed'])
  await until('both failures reached the others', async () => {
    const [row] = await shop.sql<{ count: number }>(
      'notification',
      `select count(*)::int as count from inbox where aggregate_id = any($1)`,
      [ids],
    )
    return row?.count === 2
  })
  const mails = await shop.sql<{ template: string }>(
    'notification',
    `select template from message where order_id = any($1::uuid[]) and template = 'order-confirmed'`,
    [ids],
  )
  expect(mails).toEqual([])
})

test('F15 every connection to every database is ended in the middle of purchases: each completes once', async () => {
  const { sku } = await newProduct(rest, token, { stock: 100 })
  const buying = Promise.all(
    Array.from({ length: 12 }, async () => {
      const key = newId()
      return await until(
        'the purchase is answered',
        async () => {
          const answer = await rest<OrderBody>('/orders', { key, body: orderBody(sku) })
          return answer.status === 201 && answer.body
        },
        60_000,
      )
    }),
  )
  const admin = new pg.Client({ connectionString: testServers.databaseUrl })
  await admin.connect()
  const databases = Object.values(shop.databaseUrls).map((url) => new URL(url).pathname.slice(1))
  for (let round = 0; round < 3; round += 1) {
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1) and pid <> pg_backend_pid()',
      [databases],
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await admin.end()
  const orders = await buying
  expect(new Set(orders.map(({ id }) => id)).size).toBe(12)
  await until('every order is confirmed and nothing is held', async () => {
    const { onHand, reserved } = await level(sku)
    return onHand === 88 && reserved === 0
  })
  const [money] = await shop.sql<{ captured: number; payments: number }>(
    'payment',
    'select sum(captured_minor)::int as captured, count(*)::int as payments from payment where order_id = any($1::uuid[])',
    [orders.map(({ id }) => id)],
  )
  expect(money).toEqual({
    captured: orders.reduce((sum, order) => sum + order.totals.total.amount, 0),
    payments: 12,
  })
})

test('F7 an order service frozen past its lease is replaced, and its late word changes nothing', async () => {
  const { sku } = await newProduct(rest, token, { stock: 5 })
  const key = newId()
  const frozen = rest<OrderBody>('/orders', {
    key,
    body: orderBody(sku, paidBy('tok_slow')),
    timeoutMs: 30_000,
  }).catch(() => undefined)
  const id = await until('the order is written and its piece held', async () => {
    const [row] = await shop.sql<{ id: string }>('order', 'select id from orders where command_key = $1', [
      key,
    ])
    return row && (await level(sku)).reserved === 1 && row.id
  })
  shop.signal('order', 'SIGSTOP')
  try {
    await shop.startSecond('order')
    await until(
      'the second one has taken over',
      async () => {
        const [row] = await shop.sql<{ status: string }>('order', 'select status from orders where id = $1', [
          id,
        ])
        return row?.status === 'confirmed'
      },
      60_000,
    )
  } finally {
    shop.signal('order', 'SIGCONT')
  }
  await frozen
  await until('it answers again', async () => (await rest(`/orders/${id}`, { token })).status === 200)
  const steps = await shop.sql<{ to_status: string }>(
    'order',
    'select to_status from order_history where order_id = $1 order by at, id',
    [id],
  )
  expect(steps.map((step) => step.to_status)).toEqual(['pending', 'confirmed'])
  const events = await shop.sql<{ name: string }>(
    'order',
    'select name from outbox where aggregate_id = $1 order by aggregate_version',
    [id],
  )
  expect(events.map(({ name }) => name)).toEqual(['order.placed', 'order.confirmed'])
  const charges = await shop.sql<{ count: number }>(
    'payment',
    `select count(*)::int as count from payment where order_id = $1 and status = 'captured'`,
    [id],
  )
  expect(charges[0]?.count).toBe(1)
  expect(await level(sku)).toMatchObject({ onHand: 4, reserved: 0 })
})
