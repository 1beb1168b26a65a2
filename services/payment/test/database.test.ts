import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentStatuses, paymentTransitions } from '../src/contract.ts'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())

const sql = async (text: string, values: unknown[] = []) =>
  await shop.service.sql<Record<string, unknown>>(text, values)

describe('the database itself refuses', () => {
  test('every step that the contract does not name, and no other', async () => {
    const rows = await sql(
      `select a as "from", b as "to" from unnest($1::text[]) a, unnest($1::text[]) b where payment_may_go(a, b)`,
      [[...paymentStatuses]],
    )
    const allowed = paymentStatuses.flatMap((from) => paymentTransitions[from].map((to) => `${from} ${to}`))
    expect(rows.map((row) => `${row.from} ${row.to}`).sort()).toEqual([...allowed].sort())
    const { input } = await shop.start(card('tok_declined'))
    await expect(sql(`update payment set status = 'created' where id = $1`, [input.id])).rejects.toThrow(
      /cannot go/,
    )
  })

  test.each([
    'captured_minor = amount_minor + 1',
    'authorized_minor = amount_minor + 1',
    'captured_minor = 0',
    'refunded_minor = captured_minor + 1',
    'refund_pending_minor = captured_minor + 1',
    'refunded_minor = 1, refund_pending_minor = captured_minor',
    'refunded_minor = -1',
    'refund_pending_minor = -1',
    'amount_minor = 0',
    "currency = 'euro'",
    "credit_account = 'nobody'",
  ])('a payment with %s', async (change) => {
    const { input } = await shop.start(card('tok_visa'))
    await expect(sql(`update payment set ${change} where id = $1`, [input.id])).rejects.toThrow(
      /violates check/,
    )
  })

  test('any change of the journal', async () => {
    const { input } = await shop.start(card('tok_visa'))
    const entries = 'where payment_id = $1'
    const postings = 'where entry_id in (select id from journal_entry where payment_id = $1)'
    for (const statement of [
      `update journal_entry set kind = 'x' ${entries}`,
      `delete from journal_entry ${entries}`,
      `update journal_posting set debit_minor = 1 ${postings}`,
      `delete from journal_posting ${postings}`,
    ])
      await expect(sql(statement, [input.id])).rejects.toThrow(/append-only/)
    await expect(sql('truncate journal_posting')).rejects.toThrow(/append-only/)
  })

  test('an entry that does not balance, is empty, or is written twice', async () => {
    const { input } = await shop.start(card('tok_declined'))
    const write = async (debit: number, credit: number, source = newId()) =>
      await sql(
        `with entry as (insert into journal_entry (id, payment_id, kind, source_id) values ($1, $2, 'x', $3) returning id)
         insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
         select id, 1, 'provider', $4::bigint, 0, 'EUR' from entry
         union all select id, 2, 'revenue', 0, $5::bigint, 'EUR' from entry`,
        [newId(), input.id, source, debit, credit],
      )
    await expect(write(100, 99)).rejects.toThrow(/does not balance/)
    await expect(write(0, 0)).rejects.toThrow(/violates check/)
    await expect(
      sql(`insert into journal_entry (id, payment_id, kind, source_id) values ($1, $2, 'x', $1)`, [
        newId(),
        input.id,
      ]),
    ).rejects.toThrow(/no postings/)
    const source = newId()
    await write(100, 100, source)
    await expect(write(100, 100, source)).rejects.toThrow(/duplicate key/)
  })

  test('a second charge of a payment', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await expect(
      sql(
        `insert into attempt (id, payment_id, operation, outcome, amount_minor, currency) values ($1, $2, 'charge', 'started', 1, 'EUR')`,
        [newId(), input.id],
      ),
    ).rejects.toThrow(/attempt_one_charge/)
  })
})

type Step = { verb: 'capture' | 'void' | 'refund' | 'order_over'; amount: number; fault: string | null }
const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom('capture', 'void', 'refund', 'refund', 'refund', 'order_over'),
  amount: fc.integer({ min: 1, max: 3000 }),
  fault: fc.constantFrom(null, null, null, 'error_after', 'error_before', 'drop_after'),
})

async function take(paymentId: string, orderId: string, { verb, amount, fault }: Step): Promise<void> {
  const staff = shop.service.as(person('staff'))
  const money = { amount, currency: 'EUR' as const }
  if (fault) await shop.fault({ mode: fault, operation: verb, reference: paymentId })
  if (verb === 'order_over') return await shop.publish('order.cancelled', orderId)
  if (verb === 'capture') await staff.payment.capture.mutate({ id: paymentId, amount: money })
  if (verb === 'void') await staff.payment.void.mutate({ id: paymentId, reason: 'x' })
  if (verb === 'refund')
    await staff.payment.refund.mutate({ id: newId(), paymentId, amount: money, reason: 'x' })
}

test('whatever is done to payments, in whatever order and with whatever faults, the books agree', async () => {
  const history = fc.record({
    captureMode: fc.constantFrom('automatic' as const, 'manual' as const),
    method: fc.constantFrom('tok_visa', 'tok_declined', 'tok_drop_after_charge', 'cod'),
    steps: fc.array(step, { minLength: 1, maxLength: 7 }),
    isAtOnce: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(history, async ({ captureMode, method, steps, isAtOnce }) => {
      const by = method === 'cod' ? ({ type: 'cod' } as const) : card(method)
      const { input } = await shop.start(by, { captureMode })
      const tries = isAtOnce
        ? steps.map(async (one) => await take(input.id, input.orderId, one))
        : [
            (async () => {
              for (const one of steps) await take(input.id, input.orderId, one).catch(() => {})
            })(),
          ]
      await Promise.allSettled(tries)
      await booksAgree(input.id)
    }),
    { numRuns: 25, endOnFailure: true },
  )
}, 240_000)

/** What the provider did, what our journal says and what stands on the payment are one, once all is settled. */
async function booksAgree(id: string): Promise<void> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const row = await shop.row(id)
    const postings = await shop.journal(id)
    const balance = (accounts: string[]) =>
      postings
        .filter(({ account }) => accounts.includes(account))
        .reduce((sum, { debit, credit }) => sum + debit - credit, 0)
    const [charge] = await shop.charges(id)
    const [captured, refunded, pending] = ['captured_minor', 'refunded_minor', 'refund_pending_minor'].map(
      (name) => Number(row[name]),
    )
    const kept = (captured ?? 0) - (refunded ?? 0)
    const facts = {
      status: row.status,
      kept,
      pending,
      journal: balance(['provider', 'receivable']),
      others: balance(['revenue', 'refunds', 'customer']),
      theirs: charge ? charge.capturedAmount - charge.refundedAmount : row.provider === 'cod' ? kept : 0,
      isOver: row.closed_reason !== null,
    }
    const isSettled = !['created', 'unknown'].includes(String(row.status)) && pending === 0
    const agrees = facts.journal === kept && facts.others === -kept && facts.theirs === kept
    if (isSettled && agrees && (!facts.isOver || (kept === 0 && row.status !== 'authorized'))) return
    if (Date.now() > deadline) throw new Error(`The books do not agree: ${JSON.stringify(facts)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

test('versions of events have no gap', async () => {
  const gaps = await sql(
    `select aggregate_id from outbox group by 1
     having min(aggregate_version) <> 1 or max(aggregate_version) <> count(*)`,
  )
  expect(gaps).toEqual([])
  const behind = await sql(
    `select id from payment where version <> (select count(*) from outbox where aggregate_id = payment.id::text)`,
  )
  expect(behind).toEqual([])
})
