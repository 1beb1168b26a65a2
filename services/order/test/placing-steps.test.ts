import { nobody } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
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

const away = () => {
  throw new Error('A neighbour is away')
}
/** The time of these steps is over, and the job looks at the order again. */
async function pastDeadline(id: string, ...steps: string[]): Promise<void> {
  await shop.service.sql(
    `update orders set lease_until = null, next_check_at = now(), placing_steps = (
       select jsonb_agg(case when step ->> 'step' = any($2)
         then step || '{"deadlineAt": "2020-01-01T00:00:00.000Z"}' else step end order by at)
       from jsonb_array_elements(placing_steps) with ordinality as one(step, at))
     where id = $1`,
    [id, steps],
  )
}
const ended = async (id: string, status: string) =>
  await until(`the order is ${status}`, async () => {
    const now = await stepsOf(id)
    return now.status === status ? now : undefined
  })
const eventsOf = async (id: string) =>
  (
    await shop.service.sql<{ name: string }>('select name from outbox where aggregate_id = $1 order by seq', [
      id,
    ])
  ).map(({ name }) => name)
async function placed(over: Parameters<typeof orderFor>[1] = {}) {
  const input = orderFor(shop.sku(), over)
  await shop.service.as(nobody).order.place.mutate(input)
  return input.id
}

describe('a step whose time is over', () => {
  beforeEach(() => {
    onTestFinished(() => {
      shop.neighbours.beforeReserve = () => {}
      shop.neighbours.beforeCommit = () => {}
      shop.neighbours.afterCommit = () => {}
      shop.neighbours.beforeSync = () => {}
    })
  })

  test('reserve: the order is given up, and nobody is charged', async () => {
    shop.neighbours.beforeReserve = away
    const id = await placed()
    expect((await stepsOf(id)).status).toBe('pending')
    await pastDeadline(id, 'reserve')
    await ended(id, 'failed')
    expect(shop.neighbours.payments.has((await stepsOf(id)).payment_id)).toBe(false)
  })

  test('reserve: who was charged before a crash is asked about, and gets his goods', async () => {
    shop.neighbours.beforeCommit = away
    const id = await placed()
    expect((await stepsOf(id)).placing.map(({ result }) => result)).toEqual([null, null, null])
    shop.neighbours.beforeCommit = () => {}
    await pastDeadline(id, 'reserve')
    const { placing } = await ended(id, 'confirmed')
    expect(placing.map(({ result }) => result)).toEqual([null, 'captured', 'committed'])
  })

  test('pay: a buyer who never came back is given up after payment was asked, not before', async () => {
    const id = await placed({ paymentMethod: { type: 'card', token: 'tok_3ds' } })
    let asked = 0
    shop.neighbours.beforeSync = () => {
      asked += 1
      if (asked < 3) away()
    }
    await pastDeadline(id, 'pay')
    await until('payment is asked', () => asked > 0)
    expect((await stepsOf(id)).status).toBe('awaiting_payment')
    await until('payment is asked again', async () => {
      await shop.service.sql('update orders set next_check_at = now() where id = $1', [id])
      return asked > 2
    })
    const { placing } = await ended(id, 'failed')
    expect(placing.map(({ result }) => result)).toEqual(['reserved', 'requires_action', null])
    expect(await eventsOf(id)).toEqual(['order.placed', 'order.payment_requested', 'order.failed'])
  })

  test('pay: money that came while nobody heard of it makes the order', async () => {
    const id = await placed({ paymentMethod: { type: 'card', token: 'tok_3ds' } })
    const { payment_id } = await stepsOf(id)
    const payment = shop.neighbours.payments.get(payment_id)
    if (!payment) throw new Error('There is no payment')
    shop.neighbours.payments.set(payment_id, { ...payment, status: 'captured', action: null })
    await pastDeadline(id, 'pay')
    const { placing } = await ended(id, 'confirmed')
    expect(placing.map(({ result }) => result)).toEqual(['reserved', 'captured', 'committed'])
  })

  test('pay: what nobody knows the end of is not waited for; payment gives back what comes late', async () => {
    const id = await placed({ paymentMethod: { type: 'card', token: 'tok_unknown' } })
    await pastDeadline(id, 'pay')
    const { placing } = await ended(id, 'failed')
    expect(placing.map(({ result }) => result)).toEqual(['reserved', 'unknown', null])
    expect(await eventsOf(id)).toContain('order.failed')
  })

  test('commit: goods that were not sold are let go, and the money with them', async () => {
    shop.neighbours.beforeCommit = away
    const id = await placed()
    await pastDeadline(id, 'commit')
    const { placing } = await ended(id, 'failed')
    expect(placing.map(({ result }) => result)).toEqual(['reserved', 'captured', 'gone'])
    expect(shop.neighbours.reservations.get(id)?.status).toBe('active')
    expect(await eventsOf(id)).toEqual(['order.failed'])
  })

  test('commit: a sale whose answer was lost stands', async () => {
    shop.neighbours.afterCommit = away
    const id = await placed()
    expect((await stepsOf(id)).status).toBe('pending')
    await pastDeadline(id, 'commit')
    await ended(id, 'confirmed')
    expect(await eventsOf(id)).toEqual(['order.placed', 'order.confirmed'])
  })
})

test('the job holds an order for seconds at a time, and for as long as it works on it', async () => {
  const input = orderFor(shop.sku())
  const gate = Promise.withResolvers<void>()
  shop.neighbours.beforeReserve = () => {
    throw new Error('Inventory is away')
  }
  onTestFinished(() => {
    gate.resolve()
    shop.neighbours.beforeReserve = () => {}
  })
  await shop.service.as(nobody).order.place.mutate(input)
  shop.neighbours.beforeReserve = async () => await gate.promise
  await shop.service.sql('update orders set lease_until = null, next_check_at = now() where id = $1', [
    input.id,
  ])
  const lease = async () => {
    const [row] = await shop.service.sql<{ until: string; seconds: number }>(
      'select lease_until as until, extract(epoch from lease_until - now())::float as seconds from orders where id = $1 and lease_until > now()',
      [input.id],
    )
    return row
  }
  const first = await until('the job holds it', lease)
  expect(first.seconds).toBeLessThan(5)
  const renewed = await until('the job holds it for longer', async () => {
    const next = await lease()
    return next && new Date(next.until) > new Date(first.until) && next
  })
  expect(renewed.seconds).toBeLessThan(5)
  gate.resolve()
  await until('the order is placed', async () => (await stepsOf(input.id)).status === 'confirmed')
})
