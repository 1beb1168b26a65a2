import { nobody } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const stepsOf = async (id: string) => {
  const [row] = await shop.service.sql<{
    status: string
    payment_id: string
    placing: { step: string; id: string; deadlineAt: string; result: string | null; at: string | null }[]
  }>('select status, payment_id, placing_steps as placing from orders where id = $1', [id])
  if (!row) throw new Error('There is no such order')
  return row
}

test('each step is on record with its id, its deadline and what came of it', async () => {
  const input = orderFor(shop.sku())
  await shop.service.as(nobody).order.place.mutate(input)
  const { placing, payment_id } = await stepsOf(input.id)
  expect(placing.map(({ step, id, result }) => [step, id, result])).toEqual([
    ['reserve', input.id, 'reserved'],
    ['pay', payment_id, 'captured'],
    ['commit', input.id, 'committed'],
  ])
  for (const { at, deadlineAt } of placing) {
    expect(Date.parse(at ?? '')).toBeLessThan(Date.parse(deadlineAt))
  }
})

test('a refused step ends the record there', async () => {
  const input = orderFor(shop.sku({ stock: 0 }))
  await shop.service.as(nobody).order.place.mutate(input)
  const { placing, status } = await stepsOf(input.id)
  expect(status).toBe('failed')
  expect(placing.map(({ result }) => result)).toEqual(['out_of_stock', null, null])
})

test('an order whose goods could not be held in time is given up, and nobody is charged', async () => {
  const input = orderFor(shop.sku())
  shop.neighbours.beforeReserve = () => {
    throw new Error('Inventory is away')
  }
  onTestFinished(() => {
    shop.neighbours.beforeReserve = () => {}
  })
  await shop.service.as(nobody).order.place.mutate(input)
  expect((await stepsOf(input.id)).status).toBe('pending')
  await shop.service.sql(
    `update orders set placing_steps = jsonb_set(placing_steps, '{0,deadlineAt}', '"2020-01-01T00:00:00.000Z"'),
       lease_until = null, next_check_at = now() where id = $1`,
    [input.id],
  )
  await until('the order is given up', async () => (await stepsOf(input.id)).status === 'failed')
  expect(shop.neighbours.payments.has((await stepsOf(input.id)).payment_id)).toBe(false)
})
