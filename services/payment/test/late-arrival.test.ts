import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StartPayment } from '../src/contract.ts'
import { card, newPayment, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())
afterEach(async () => {
  shop.setClockAhead(0)
  await shop.sandbox.call('DELETE', '/v1/faults')
})

/** A payment whose request is lost on the way to the provider, for as long as the faults stand. */
async function lostOnTheWay(overrides: Partial<StartPayment> = {}): Promise<StartPayment> {
  const input = newPayment(card('tok_visa'), overrides)
  await shop.fault({ mode: 'error_before', operation: 'charge', reference: input.id, times: 1000 })
  expect((await shop.order.payment.start.mutate(input)).status).toBe('unknown')
  return input
}

/** The lost request reaches the provider after all. */
async function arriveLate(input: StartPayment): Promise<void> {
  await shop.sandbox.call('DELETE', '/v1/faults')
  const [attempt] = await shop.service.sql<{ id: string }>('select id from attempt where payment_id = $1', [
    input.id,
  ])
  const body = {
    amount: input.amount.amount,
    currency: input.amount.currency,
    method: input.method,
    capture: input.captureMode === 'automatic',
    reference: input.id,
    returnUrl: input.returnUrl,
  }
  const answer = await shop.sandbox.call('POST', '/v1/charges', { body, key: attempt?.id ?? newId() })
  expect(answer.status).toBe(201)
}

describe('a request that was lost on the way', () => {
  test('is sent again while the buyer is there, and given up as not received later', async () => {
    const input = await lostOnTheWay()
    await until('it was sent again', async () => {
      const [row] = await shop.service.sql<{ checks: number }>('select checks from payment where id = $1', [
        input.id,
      ])
      return row !== undefined && row.checks >= 2
    })
    expect(await shop.statusOf(input.id)).toBe('unknown')
    shop.setClockAhead(11 * 60_000)
    await shop.untilStatus(input.id, 'declined')
    expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual(['failed'])
    expect(await shop.row(input.id)).toMatchObject({ failure_code: 'not_received' })
  })

  test('is not sent again for an order that is over', async () => {
    const input = await lostOnTheWay()
    await shop.publish('order.cancelled', input.orderId)
    await until('it is closed', async () => (await shop.row(input.id)).closed_reason !== null)
    await shop.sandbox.call('DELETE', '/v1/faults')
    shop.setClockAhead(2 * 60_000)
    await shop.untilStatus(input.id, 'voided')
    expect(await shop.charges(input.id)).toEqual([])
    expect(await shop.events(input.id)).toEqual([])
  })
})

describe('when it arrives after it was given up', () => {
  test.each(['declined', 'voided'] as const)(
    'the money of a %s payment goes straight back',
    async (status) => {
      const input = await lostOnTheWay()
      if (status === 'voided') await shop.publish('order.failed', input.orderId)
      shop.setClockAhead(11 * 60_000)
      await shop.untilStatus(input.id, status)
      shop.setClockAhead(0)
      await arriveLate(input)
      await until('it is given back', async () => Number((await shop.row(input.id)).refunded_minor) === 4800)
      expect(await shop.statusOf(input.id)).toBe(status)
      expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 4800 }])
      expect((await shop.journal(input.id)).map(({ account }) => account)).toEqual([
        'provider',
        'customer',
        'customer',
        'provider',
      ])
    },
  )

  test('what is only held is let go', async () => {
    const input = await lostOnTheWay({ captureMode: 'manual' })
    shop.setClockAhead(11 * 60_000)
    await shop.untilStatus(input.id, 'declined')
    shop.setClockAhead(0)
    await arriveLate(input)
    await until('it is let go', async () => (await shop.charges(input.id))[0]?.status === 'voided')
    await until('nothing more is asked', async () => (await shop.row(input.id)).next_check_at === null)
    const attempts = await shop.service.sql<{ operation: string; outcome: string }>(
      'select operation, outcome from attempt where payment_id = $1 order by id',
      [input.id],
    )
    expect(attempts.at(-1)).toEqual({ operation: 'void', outcome: 'succeeded' })
    expect(await shop.statusOf(input.id)).toBe('declined')
    expect(await shop.journal(input.id)).toEqual([])
  })
})
