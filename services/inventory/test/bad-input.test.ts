import { newId } from '@souk/kernel/id'
import type { ErrorData } from '@souk/service/rpc'
import { person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type InventoryHarness, mainLocation, startInventoryHarness } from './harness.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
  await shop.sku(10)
})
afterAll(async () => await shop.stop())

const orderId = newId()
const reserve = { orderId, lines: [{ sku: 'A', quantity: 1 }], ttlSeconds: 60 }
const adjust = { sku: 'A', delta: 1, reason: 'found' }

const line = { sku: 'A', quantity: 1 }
const transfer = { fromLocationId: mainLocation, toLocationId: newId(), lines: [line] }

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
  ['stock.reserve', { ...reserve, ttlSeconds: 60 * 86_400 + 1 }, 'ttlSeconds'],
  ['stock.release', { orderId }, 'reason'],
  ['stock.commit', {}, 'orderId'],
  ['stock.commit', { orderId, force: true }, ''],
  ['stock.reservation', { orderId: "'; drop table movement; --" }, 'orderId'],
  ['stock.movements', { orderId: 'x' }, 'orderId'],
  ['stock.movements', { cursor: btoa('["1"]') }, 'cursor'],
  ['stock.movements', { cursor: btoa('[1.5]') }, 'cursor'],
  ['operations.replay', { id: 'x' }, 'id'],
  ['stock.list', { state: 'gone' }, 'state'],
  ['stock.list', { locationId: 'main' }, 'locationId'],
  ['stock.configure', { sku: 'A', lowThreshold: -1 }, 'lowThreshold'],
  ['stock.configure', { sku: 'A', lowThreshold: 2 ** 31 }, 'lowThreshold'],
  ['stock.configure', { sku: 'A', lowThreshold: 0.5 }, 'lowThreshold'],
  ['stock.configure', { sku: 'A', backorderLimit: -1 }, 'backorderLimit'],
  ['stock.configure', { sku: 'A', backorderLimit: null }, 'backorderLimit'],
  ['stock.configure', { sku: 'A', backorderLimit: 2 ** 31 }, 'backorderLimit'],
  ['stock.extend', { orderId, ttlSeconds: 0 }, 'ttlSeconds'],
  ['stock.extend', { orderId, ttlSeconds: 86_401 }, 'ttlSeconds'],
  ['stock.extend', { orderId }, 'ttlSeconds'],
  ['location.create', { code: 'Not a code', name: 'x' }, 'code'],
  ['location.create', { code: 'x'.repeat(41), name: 'x' }, 'code'],
  ['location.create', { code: 'fine', name: '   ' }, 'name'],
  ['location.create', { code: 'fine', name: 'x'.repeat(10_000) }, 'name'],
  ['location.create', { code: 'fine', name: 'a\u0000b' }, 'name'],
  ['location.update', { id: 'x', name: 'x' }, 'id'],
  ['location.update', { id: orderId, isActive: 'no' }, 'isActive'],
  ['location.reorder', { ids: [] }, 'ids'],
  ['location.reorder', { ids: [orderId, 'x'] }, 'ids.1'],
  ['location.reorder', { ids: [orderId] }, 'ids'],
  ['transfer.create', { ...transfer, toLocationId: mainLocation }, 'toLocationId'],
  ['transfer.create', { ...transfer, lines: [] }, 'lines'],
  ['transfer.create', { ...transfer, lines: [line, line] }, 'lines.1.sku'],
  ['transfer.create', { ...transfer, lines: [{ ...line, quantity: 0 }] }, 'lines.0.quantity'],
  ['transfer.create', { ...transfer, lines: [{ ...line, quantity: -1 }] }, 'lines.0.quantity'],
  ['transfer.create', { ...transfer, lines: [{ ...line, quantity: 1.5 }] }, 'lines.0.quantity'],
  ['transfer.create', { ...transfer, lines: [{ ...line, quantity: 2 ** 31 }] }, 'lines.0.quantity'],
  [
    'transfer.create',
    { ...transfer, lines: Array.from({ length: 201 }, (_, n) => ({ ...line, sku: `S${n}` })) },
    'lines',
  ],
  ['transfer.create', { ...transfer, note: 'x'.repeat(10_000) }, 'note'],
  ['transfer.receive', { id: orderId, lines: [{ sku: 'A', received: -1 }] }, 'lines.0.received'],
  ['transfer.receive', { id: orderId, lines: [{ sku: 'A', received: 2 ** 31 }] }, 'lines.0.received'],
  ['transfer.return', { id: orderId, lines: [] }, 'lines'],
  ['transfer.return', { id: orderId, lines: [{ ...line, quantity: 0 }] }, 'lines.0.quantity'],
  ['transfer.writeOff', { id: orderId, lines: [line, line] }, 'lines.1.sku'],
  ['transfer.writeOff', { id: orderId, lines: [{ ...line, quantity: 2 ** 31 }] }, 'lines.0.quantity'],
  ['transfer.list', { cursor: btoa('["x"]') }, 'cursor'],
  ['transfer.list', { status: 'lost' }, 'status'],
  ['count.open', { locationId: 'x' }, 'locationId'],
  ['count.open', { locationId: mainLocation, note: 'x'.repeat(10_000) }, 'note'],
  ['count.enter', { id: orderId, lines: [{ sku: 'A', counted: -1 }] }, 'lines.0.counted'],
  ['count.enter', { id: orderId, lines: [{ sku: 'A', counted: 0.5 }] }, 'lines.0.counted'],
  ['count.enter', { id: orderId, lines: [{ sku: 'A', counted: 2 ** 31 }] }, 'lines.0.counted'],
  ['count.enter', { id: orderId, lines: [{ sku: 'x'.repeat(10_000), counted: 1 }] }, 'lines.0.sku'],
  ['count.post', { id: "'; drop table movement; --" }, 'id'],
  ['receipt.create', { locationId: mainLocation, lines: [{ sku: 'A', quantity: 0 }] }, 'lines.0.quantity'],
  ['receipt.create', { locationId: mainLocation, lines: [line, line] }, 'lines.1.sku'],
  ['receipt.create', { locationId: mainLocation, reference: 'x'.repeat(201), lines: [line] }, 'reference'],
]

const isForOrder = /^stock\.(reserve|release|commit|extend)$/

it.each(table)('%s with %j is refused with the path of the fault', async (path, input, faultAt) => {
  const before = await fingerprint()
  const answer = await send(path, JSON.stringify(input))
  expect(answer.status).toBe(400)
  expect(answer.error).toMatchObject({ code: 'INVALID_INPUT', reason: 'invalid_input' })
  const paths = answer.error.details.errors?.map(({ path }) => path)
  expect(paths).toContain(faultAt)
  expect(await fingerprint()).toEqual(before)
})

it('finds neither SKUs, places nor documents that do not exist, and changes nothing', async () => {
  const known = await shop.sku(5)
  const before = await fingerprint()
  const nowhere = newId()
  const lines = [{ sku: known, quantity: 1 }]
  const unknown = [{ sku: 'NOBODY', quantity: 1 }]
  const asked: [string, unknown][] = [
    ['stock.configure', { sku: 'NOBODY', lowThreshold: 1 }],
    ['stock.adjust', { sku: known, delta: 1, reason: 'found', locationId: nowhere }],
    ['location.update', { id: nowhere, name: 'x' }],
    ['transfer.create', { fromLocationId: mainLocation, toLocationId: nowhere, lines }],
    ['transfer.create', { fromLocationId: nowhere, toLocationId: mainLocation, lines }],
    ['transfer.get', { id: nowhere }],
    ['transfer.receive', { id: nowhere }],
    ['transfer.return', { id: nowhere }],
    ['transfer.writeOff', { id: nowhere }],
    ['count.open', { locationId: nowhere }],
    ['count.enter', { id: nowhere, lines: [{ sku: known, counted: 1 }] }],
    ['count.post', { id: nowhere }],
    ['count.cancel', { id: nowhere }],
    ['receipt.create', { locationId: nowhere, lines }],
    ['receipt.create', { locationId: mainLocation, lines: unknown }],
  ]
  for (const [path, input] of asked) {
    expect((await send(path, JSON.stringify(input))).status, path).toBe(404)
  }
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
            (select count(*) from outbox) as events, (select count(*) from stock_item) as items,
            (select count(*) from transfer) as transfers, (select count(*) from stock_count) as counts,
            (select count(*) from receipt) as receipts, (select count(*) from location) as locations,
            (select sum(on_hand) from stock_item) as on_hand`,
  )
}
