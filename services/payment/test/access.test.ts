import { createHash } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

describe('who sees a payment', () => {
  test('the person who paid, staff, and who holds the key of the guest’s order', async () => {
    const buyer = person()
    const own = await shop.start(card('tok_visa'), { userId: buyer.userId })
    const guest = await shop.start(card('tok_visa'), { orderTokenHash: hashOf('the-key') })
    const id = own.input.id
    expect((await shop.service.as(buyer).payment.get.query({ id })).id).toBe(id)
    expect((await shop.service.as(person('staff')).payment.get.query({ id })).id).toBe(id)
    expect((await shop.service.as(person('owner')).payment.get.query({ id })).id).toBe(id)
    const byKey = await shop.service
      .as(nobody)
      .payment.get.query({ id: guest.input.id, orderToken: 'the-key' })
    expect(byKey.id).toBe(guest.input.id)
  })

  test('to everybody else it looks like one that does not exist', async () => {
    const own = await shop.start(card('tok_visa'), { userId: person().userId })
    const guest = await shop.start(card('tok_visa'), { orderTokenHash: hashOf('the-key') })
    const missing = await shop.service
      .as(nobody)
      .payment.get.query({ id: newId() })
      .catch((error: unknown) => error)
    const strangers = [
      shop.service.as(person()).payment.get.query({ id: own.input.id }),
      shop.service.as(nobody).payment.get.query({ id: own.input.id }),
      shop.service.as(nobody).payment.get.query({ id: own.input.id, orderToken: 'the-key' }),
      shop.service.as(nobody).payment.get.query({ id: guest.input.id }),
      shop.service.as(nobody).payment.get.query({ id: guest.input.id, orderToken: 'the-kez' }),
      shop.service.as(nobody).payment.get.query({ id: guest.input.id, orderToken: hashOf('the-key') }),
      shop.service.as(person()).payment.get.query({ id: guest.input.id, orderToken: '' }),
      shop.service.as(serviceActor('inventory')).payment.get.query({ id: guest.input.id }),
    ]
    for (const outcome of await Promise.allSettled(strangers)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } })
      if (outcome.status === 'rejected') expect(outcome.reason.message).toBe((missing as Error).message)
    }
  })

  test('nobody sees a token, a UPI id or the key', async () => {
    const { input } = await shop.start(upi('asha.rao@okbank'), { orderTokenHash: hashOf('the-key') })
    const text = JSON.stringify(await shop.service.as(person('staff')).payment.get.query({ id: input.id }))
    expect(text).toContain('UPI a***@okbank')
    expect(text).not.toMatch(/asha\.rao|the-key/)
    expect(text).not.toContain(hashOf('the-key'))
  })
})

describe('what staff see', () => {
  test('a payment with its attempts and refunds', async () => {
    const { input } = await shop.start(card('tok_visa'))
    const staff = shop.service.as(person('staff'))
    const refund = await staff.payment.refund.mutate({
      id: newId(),
      paymentId: input.id,
      reason: 'Too small',
    })
    expect(await staff.payment.get.query({ id: input.id })).toMatchObject({
      status: 'captured',
      refunded: { amount: 4800 },
      refunds: [refund],
      attempts: [
        { operation: 'charge', outcome: 'succeeded' },
        { operation: 'refund', outcome: 'succeeded' },
      ],
    })
  })

  test('the list, newest first, page by page, by status', async () => {
    const staff = shop.service.as(person('staff'))
    for (let count = 0; count < 5; count += 1) await shop.start(card('tok_declined'))
    const first = await staff.payment.list.query({ status: 'declined', limit: 3 })
    const second = await staff.payment.list.query({
      status: 'declined',
      limit: 3,
      cursor: first.nextCursor ?? '',
    })
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(first.items).toHaveLength(3)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
    expect([...first.items, ...second.items].every(({ status }) => status === 'declined')).toBe(true)
    for (const cursor of ['x', 'WzFd', 'WyJ4Il0'])
      await expect(staff.payment.list.query({ limit: 3, cursor })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
  })

  test('the journal of a payment', async () => {
    const { input } = await shop.start(card('tok_visa'))
    const { items } = await shop.service.as(person('staff')).payment.journal.query({ id: input.id })
    expect(items).toMatchObject([
      {
        kind: 'capture',
        postings: [
          { account: 'provider', debitMinor: 4800, creditMinor: 0 },
          { account: 'revenue', debitMinor: 0, creditMinor: 4800 },
        ],
      },
    ])
  })

  test('nobody else sees lists, journals or operations', async () => {
    for (const principal of [nobody, person()]) {
      const client = shop.service.as(principal)
      const code = principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
      for (const call of [
        () => client.payment.list.query({}),
        () => client.payment.journal.query({ id: newId() }),
        () => client.operations.overview.query(),
        () => client.operations.deadLetters.query(),
      ])
        await expect(call()).rejects.toMatchObject({ code })
    }
    expect(await shop.service.as(person('staff')).operations.overview.query()).toMatchObject({
      service: 'payment',
    })
  })
})
