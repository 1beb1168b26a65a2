import { newId } from '@souk/kernel/id'
import type { ErrorData } from '@souk/service/rpc'
import { person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type InventoryHarness, startInventoryHarness } from './harness.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
  await shop.sku(10)
})
afterAll(async () => await shop.stop())

const orderId = newId()
const reserve = { orderId, lines: [{ sku: 'A', quantity: 1 }], ttlSeconds: 60 }
const adjust = { sku: 'A', delta: 1, reason: 'found' }

/** Procedure, input, and the path that the answer must name. */
const table: [string, unknown, string][] = [
  ['stock.level', {}, 'sku'],
  ['stock.level', { sku: '' }, 'sku'],
  ['stock.level', { sku: 'x'.repeat(65) }, 'sku'],
  ['stock.level', { sku: 7 }, 'sku'],
  ['stock.level', null, ''],
  ['stock.level', [], ''],
  ['stock.level', 'A', ''],
  ['stock.level', { sku: 'A', also: 1 }, ''],
  ['stock.levels', { skus: [] }, 'skus'],
  ['stock.levels', { skus: Array.from({ length: 201 }, () => 'A') }, 'skus'],
  ['stock.list', { limit: 0 }, 'limit'],
  ['stock.list', { limit: 101 }, 'limit'],
  ['stock.list', { limit: 1.5 }, 'limit'],
  ['stock.list', { cursor: 'x'.repeat(513) }, 'cursor'],
  ['stock.list', { cursor: 'not a cursor' }, 'cursor'],
  ['stock.list', { cursor: btoa('[1]') }, 'cursor'],
  ['stock.list', { cursor: btoa('["a","b"]') }, 'cursor'],
  ['stock.list', { maxAvailable: -1 }, 'maxAvailable'],
  ['stock.list', { q: 'x'.repeat(10_000) }, 'q'],
  ['stock.list', { q: 'a\u0000b' }, 'q'],
  ['stock.adjust', { ...adjust, delta: 0 }, 'delta'],
  ['stock.adjust', { ...adjust, delta: 0.5 }, 'delta'],
  ['stock.adjust', { ...adjust, delta: 2 ** 31 }, 'delta'],
  ['stock.adjust', { ...adjust, delta: -(2 ** 53) }, 'delta'],
  ['stock.adjust', { ...adjust, delta: '1' }, 'delta'],
  ['stock.adjust', { ...adjust, delta: null }, 'delta'],
  ['stock.adjust', { sku: 'A', delta: 1 }, 'reason'],
  ['stock.adjust', { ...adjust, reason: '   ' }, 'reason'],
  ['stock.adjust', { ...adjust, reason: 'x'.repeat(201) }, 'reason'],
  ['stock.adjust', { ...adjust, reason: '\ud800' }, 'reason'],
  ['stock.adjust', { ...adjust, locationId: 'main' }, 'locationId'],
  ['stock.adjust', { ...adjust, onHand: 5 }, ''],
  ['stock.reserve', { ...reserve, orderId: 'x' }, 'orderId'],
  ['stock.reserve', { ...reserve, orderId: '00000000-0000-4000-8000-000000000000' }, 'orderId'],
  ['stock.reserve', { ...reserve, lines: [] }, 'lines'],
  ['stock.reserve', { ...reserve, lines: [{ sku: 'A', quantity: 0 }] }, 'lines.0.quantity'],
  ['stock.reserve', { ...reserve, lines: [{ sku: 'A', quantity: -1 }] }, 'lines.0.quantity'],
  ['stock.reserve', { ...reserve, lines: [{ sku: 'A', quantity: 1e308 }] }, 'lines.0.quantity'],
  ['stock.reserve', { ...reserve, lines: [{ sku: 'A', quantity: 2 ** 31 }] }, 'lines.0.quantity'],
  ['stock.reserve', { ...reserve, lines: [{ sku: 'A' }] }, 'lines.0.quantity'],
  ['stock.reserve', { ...reserve, lines: [{ quantity: 1 }] }, 'lines.0.sku'],
  ['stock.reserve', { ...reserve, lines: [null] }, 'lines.0'],
  ['stock.reserve', { ...reserve, lines: Array.from({ length: 101 }, () => reserve.lines[0]) }, 'lines'],
  ['stock.reserve', { ...reserve, ttlSeconds: 0 }, 'ttlSeconds'],
  ['stock.reserve', { ...reserve, ttlSeconds: 86_401 }, 'ttlSeconds'],
  ['stock.release', { orderId }, 'reason'],
  ['stock.commit', {}, 'orderId'],
  ['stock.commit', { orderId, force: true }, ''],
  ['stock.reservation', { orderId: "'; drop table movement; --" }, 'orderId'],
  ['stock.movements', { orderId: 'x' }, 'orderId'],
  ['stock.movements', { cursor: btoa('["1"]') }, 'cursor'],
  ['stock.movements', { cursor: btoa('[1.5]') }, 'cursor'],
  ['operations.replay', { id: 'x' }, 'id'],
]

const isForOrder = /^stock\.(reserve|release|commit)$/

it.each(table)('%s with %j is refused with the path of the fault', async (path, input, faultAt) => {
  const before = await fingerprint()
  const answer = await send(path, JSON.stringify(input))
  expect(answer.status).toBe(400)
  expect(answer.error).toMatchObject({ code: 'INVALID_INPUT', reason: 'invalid_input' })
  const paths = answer.error.details.errors?.map(({ path }) => path)
  expect(paths).toContain(faultAt)
  expect(await fingerprint()).toEqual(before)
})

it('refuses what is not JSON, not known or too large without looking further', async () => {
  const before = await fingerprint()
  expect((await send('stock.commit', '{"orderId":')).status).toBe(400)
  expect((await send('stock.commit', '')).status).toBe(400)
  expect((await send('stock.steal', '{}')).status).toBe(404)
  expect((await send('__proto__', '{}')).status).toBe(404)
  expect((await send('stock', '{}')).status).toBe(404)
  expect((await send('stock.commit', JSON.stringify({ orderId: 'x'.repeat(2_000_000) }))).status).toBe(413)
  expect(await fingerprint()).toEqual(before)
})

it('refuses numbers that would not fit the shelf, with a sentence', async () => {
  const staff = shop.service.as(person('staff'))
  const other = await shop.sku(10)
  await shop.service.sql(
    `with item as (update stock_item set on_hand = 999999995 where sku = $1),
          filled as (update stock_level set on_hand = 999999995 where sku = $1 returning sku, location_id)
     insert into movement (sku, location_id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after, actor)
     select sku, location_id, 'adjustment', 999999985, 0, 999999995, 0, 'test' from filled`,
    [other],
  )
  await expect(staff.stock.adjust.mutate({ sku: other, delta: 6, reason: 'found' })).rejects.toMatchObject({
    code: 'INVALID_STATE',
  })
  expect(await staff.stock.adjust.mutate({ sku: other, delta: 5, reason: 'found' })).toMatchObject({
    onHand: 1_000_000_000,
  })
})

it('treats every SKU as text, whatever it contains', async () => {
  for (const strange of [
    "a'b; drop table movement; --",
    '{a,b}',
    '"quoted"',
    '\\',
    'ü€😀',
    ' ',
    'NULL',
    '%',
  ]) {
    const name = await shop.sku(5, strange)
    const result = await shop.order.stock.reserve.mutate({
      orderId: newId(),
      lines: [{ sku: name, quantity: 1 }],
      ttlSeconds: 60,
    })
    expect(result.status, strange).toBe('reserved')
    expect(await shop.level(name), strange).toMatchObject({ sku: strange, onHand: 5, reserved: 1 })
  }
})

async function send(path: string, body: string) {
  const principal = isForOrder.test(path) ? serviceActor('order') : person('staff')
  const response = await fetch(`${shop.service.running.url}/rpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await shop.service.tokenFor(principal)}`,
    },
    body,
  })
  const answer = (await response.json()) as { error: { data: ErrorData } }
  return { status: response.status, error: answer.error.data }
}

async function fingerprint() {
  return await shop.service.sql(
    `select (select count(*) from movement) as movements, (select count(*) from reservation) as reservations,
            (select count(*) from outbox) as events, (select count(*) from stock_item) as items`,
  )
}
