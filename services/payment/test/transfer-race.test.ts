import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eur } from './credit-shop.ts'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'
import { transferShop } from './transfer-shop.ts'

let shop: PaymentHarness
let till: ReturnType<typeof transferShop>
beforeAll(async () => {
  shop = await startPaymentHarness()
  till = transferShop(shop)
})
afterAll(async () => await shop?.stop())
afterEach(async () => await till.booksAgree())

const isDone = (outcome: PromiseSettledResult<unknown>) => outcome.status === 'fulfilled'

describe('of many that want the same money', () => {
  test('twenty transfers of 150 % together: exactly the affordable ones are paid', async () => {
    const { id } = await till.paid()
    const states = await Promise.all(
      Array.from({ length: 20 }, async () => (await till.move(id, 360)).state.status),
    )
    expect(states.filter((status) => status === 'captured')).toHaveLength(13)
    expect(states.filter((status) => status === 'declined')).toHaveLength(7)
    expect(await till.sums(id)).toMatchObject({ transferred: 13 * 360 })
  })

  test('a transfer of all and a refund of all: one of them gets it', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await till.paid()
      const [moved, refunded] = await Promise.allSettled([till.move(id, 4800), till.refund(id, 4800)])
      const isMoved = moved?.status === 'fulfilled' && moved.value.state.status === 'captured'
      expect([isMoved, refunded && isDone(refunded)].filter(Boolean)).toHaveLength(1)
      expect(await till.refundedAtProvider(id)).toBe(isMoved ? 0 : 4800)
    }
  })

  test('transfers, refunds of the earlier payment and of the new ones: never more leaves than came', async () => {
    const { id } = await till.paid()
    const first = await Promise.all(
      Array.from({ length: 4 }, async () => (await till.move(id, 600)).input.id),
    )
    await Promise.allSettled([
      ...first.flatMap((each) => [till.refund(each, 400), till.refund(each, 400)]),
      ...Array.from({ length: 4 }, async () => await till.refund(id, 900)),
      ...Array.from({ length: 4 }, async () => await till.move(id, 900)),
    ])
    for (const each of [id, ...first])
      await until('nothing is pending', async () => (await till.sums(each)).pending === 0, 15_000)
    const { kept, transferred } = await till.sums(id)
    expect(await till.refundedAtProvider(id)).toBe(4800 - kept)
    expect(kept).toBeGreaterThanOrEqual(transferred)
    // Of each 600 one refund of 400 fits; of the 2400 that nobody had, two of 900.
    for (const each of first) expect((await till.sums(each)).back).toBe(400)
    expect(kept - transferred).toBe(4800 - 2400 - 1800)
  })

  test('what is only held elsewhere is asked for again, not refused', async () => {
    const { id } = await till.paid()
    const { input, state } = await till.move(id, 3000, 3500, card('tok_3ds'))
    const lower = { id: newId(), paymentId: id, amount: eur(2500), reason: 'Edited' }
    expect(await shop.order.payment.lower.mutate(lower)).toEqual({ status: 'busy' })
    await expect(till.refund(id, 2500)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(till.refund(id, 4801)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await shop.answerPage(state.action?.url, 'decline')
    await shop.untilStatus(input.id, 'declined')
    expect(await shop.order.payment.lower.mutate(lower)).toEqual({ status: 'succeeded' })
    expect(await till.refundedAtProvider(id)).toBe(2500)
  })
})

describe('the database itself refuses', () => {
  test('more to be moved than is there, and any rewriting of a transfer', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    const sql = async (text: string) => await shop.service.sql(text, [id])
    await expect(sql('update payment set transferred_minor = 4801 where id = $1')).rejects.toThrow(
      /payment_given_back/,
    )
    await expect(sql('update payment set transferred_minor = -1 where id = $1')).rejects.toThrow(
      /payment_given_back/,
    )
    for (const change of [
      "status = 'held', ended_at = null",
      'amount_minor = 1',
      'to_payment_id = from_payment_id',
    ])
      await expect(sql(`update transfer set ${change} where from_payment_id = $1`)).rejects.toThrow(
        /cannot be changed so/,
      )
    await expect(sql('update transfer set back_minor = 2001 where from_payment_id = $1')).rejects.toThrow(
      /transfer_back/,
    )
    await expect(sql('delete from transfer where from_payment_id = $1')).rejects.toThrow(/not deleted/)
    await expect(
      shop.service.sql('update payment set transfer_given_minor = 2001 where id = $1', [input.id]),
    ).rejects.toThrow(/payment_(transfer_given|given_back)/)
  })
})

type Step =
  | { verb: 'move'; of: number; amount: number; more: number; by: 'tok_visa' | 'tok_declined' | 'tok_3ds' }
  | { verb: 'refund' | 'cancel' | 'answer'; of: number; amount: number; fault: string | null }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    verb: fc.constant('move' as const),
    of: fc.nat(5),
    amount: fc.integer({ min: 1, max: 3000 }),
    more: fc.constantFrom(0, 0, 500),
    by: fc.constantFrom('tok_visa' as const, 'tok_declined' as const, 'tok_3ds' as const),
  }),
  fc.record({
    verb: fc.constantFrom('refund' as const, 'refund' as const, 'cancel' as const, 'answer' as const),
    of: fc.nat(5),
    amount: fc.integer({ min: 1, max: 3000 }),
    fault: fc.constantFrom(null, null, 'error_after', 'error_before', 'refund_fails'),
  }),
)
type Known = { id: string; orderId: string; actionUrl?: string | undefined }

async function take(known: Known[], one: Step): Promise<void> {
  const target = known[one.of % known.length]
  if (!target) return
  if (one.verb === 'move') {
    const method = one.more === 0 ? ({ type: 'credit' } as const) : card(one.by)
    const { input, state } = await till.move(target.id, one.amount, one.amount + one.more, method)
    known.push({ id: input.id, orderId: input.orderId, actionUrl: state.action?.url })
  } else if (one.verb === 'refund') {
    if (one.fault)
      await shop.fault({ mode: one.fault, operation: 'refund', reference: target.id, delayMs: 30 })
    await till.refund(target.id, one.amount)
  } else if (one.verb === 'cancel') {
    await shop.publish(one.amount % 2 ? 'order.cancelled' : 'order.failed', target.orderId)
    await until('it is known', async () => (await shop.row(target.id)).closed_reason !== null)
  } else if (target.actionUrl) await shop.answerPage(target.actionUrl, one.amount % 2 ? 'approve' : 'decline')
}

test('whatever is captured, moved, refunded and cancelled, in whatever order: no cent is made or lost', async () => {
  const history = fc.record({ steps: fc.array(step, { minLength: 2, maxLength: 9 }), isAtOnce: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(history, async ({ steps, isAtOnce }) => {
      const { id, orderId } = await till.paid()
      const known: Known[] = [{ id, orderId }]
      if (isAtOnce) {
        await take(known, { verb: 'move', of: 0, amount: 2000, more: 0, by: 'tok_visa' })
        await Promise.allSettled(steps.map(async (one) => await take(known, one)))
      } else for (const one of steps) await take(known, one).catch(() => {})
      for (const each of known) await settled(each.id)
      await till.booksAgree()
      const rows = await Promise.all(known.map(async (each) => await shop.row(each.id)))
      const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
      const charges = (await Promise.all(known.map(async (each) => await shop.charges(each.id)))).flat()
      const atProvider = charges.reduce((total, each) => total + each.capturedAmount - each.refundedAmount, 0)
      expect(sum('captured_minor') - sum('refunded_minor')).toBe(atProvider)
      const clearing = await Promise.all(known.map(async (each) => await till.inClearing(each.id)))
      expect(clearing.reduce((total, each) => total + each, 0)).toBe(0)
      for (const row of rows) if (row.closed_reason !== null) expect(keptOf(row)).toBe(0)
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 240_000)

/** What a payment has of the customer's that it neither gave back nor moved on. */
function keptOf(row: Record<string, unknown>): number {
  const of = (name: string) => Number(row[name])
  const moved = row.transfer_status === 'spent' ? of('transfer_minor') : 0
  return (
    of('captured_minor') + moved - of('refunded_minor') - of('transfer_given_minor') - of('transferred_minor')
  )
}

async function settled(id: string): Promise<void> {
  await until(
    'the payment is settled',
    async () => {
      const row = await shop.row(id)
      const { pending } = await till.sums(id)
      const isOpen = ['created', 'unknown'].includes(String(row.status)) || pending > 0
      const isOver = row.closed_reason !== null
      return !isOpen && (!isOver || (keptOf(row) === 0 && row.status !== 'requires_action'))
    },
    40_000,
  )
}
