import { newId } from '@souk/kernel/id'
import { unseal } from '@souk/service/seal'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { creditShop, eur, paidBy } from './credit-shop.ts'
import { mailSealSecret, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
let credit: ReturnType<typeof creditShop>
beforeAll(async () => {
  shop = await startPaymentHarness()
  credit = creditShop(shop)
})
afterAll(async () => await shop?.stop())

const sql = async (text: string, values: unknown[] = []) =>
  await shop.service.sql<Record<string, unknown>>(text, values)
const check = async (code: string) => await shop.service.as(nobody).credit.check.mutate({ code })
const find = async (input: { code?: string; storeCreditOf?: string }) =>
  await shop.order.credit.find.mutate({ ...input, currency: 'EUR' })

describe('a gift card', () => {
  test('shows its code once; the database has only a keyed hash, and the mail’s event a sealed one', async () => {
    const id = newId()
    const input = { id, amount: eur(2500), recipientEmail: 'Friend@Example.test', note: 'Birthday' }
    const issued = await credit.staff.credit.issue.mutate(input)
    expect(issued).toMatchObject({ balance: eur(2500), status: 'active', last4: issued.code.slice(-4) })
    expect(await check(issued.code.toLowerCase())).toEqual({
      last4: issued.last4,
      balance: eur(2500),
      expiresAt: null,
    })
    expect(JSON.stringify(await credit.staff.credit.get.query({ id }))).not.toContain(issued.code)
    const tables = ['credit', 'credit_entry', 'outbox', 'idempotency']
    for (const table of tables) {
      const rows = JSON.stringify(await sql(`select * from ${table}`))
      expect(rows).not.toContain(issued.code)
      expect(rows).not.toContain(issued.code.replaceAll('-', ''))
    }
    const [event] = await shop.events(id)
    expect(event).toMatchObject({
      name: 'payment.gift_card_issued',
      payload: { email: 'friend@example.test' },
    })
    const [row] = await sql(`select payload->>'sealedCode' as code from outbox where aggregate_id = $1`, [id])
    const sealedCode = String(row?.code)
    expect(unseal(sealedCode, mailSealSecret)).toBe(issued.code)
    expect(() => unseal(sealedCode, `${mailSealSecret}!`)).toThrow()
  })

  test('asked for again is the same card, another amount is refused, and two people’s keys differ', async () => {
    const id = newId()
    const first = await credit.staff.credit.issue.mutate({ id, amount: eur(2500) })
    expect(await credit.staff.credit.issue.mutate({ id, amount: eur(2500) })).toEqual(first)
    expect(await credit.balanceOf(id)).toEqual({ balance: 2500, held: 0 })
    const again = credit.staff.credit.issue.mutate({ id, amount: eur(2600) })
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' })
    const other = shop.service.as(person('staff')).credit.issue.mutate({ id, amount: eur(2500) })
    await expect(other).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('expires: it pays nothing any more, and what was on it is written off', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const card = await credit.staff.credit.issue.mutate({ id: newId(), amount: eur(900), expiresAt })
    await sql(`update credit set expires_at = now() - interval '1 s' where id = $1`, [card.id])
    await expect(check(card.code)).rejects.toMatchObject({ message: expect.stringMatching(/expired/) })
    expect(await find({ code: card.code })).toMatchObject({ status: 'refused', path: 'giftCardCode' })
    expect((await credit.pay([card.id], 500, paidBy)).state.status).toBe('declined')
    expect((await credit.staff.credit.get.query({ id: card.id })).status).toBe('expired')
  })

  test('that is disabled pays nothing and holds nothing, for good', async () => {
    const card = await credit.issue(2500)
    const { input } = await credit.pay([card.id], 500, paidBy)
    const ended = await credit.staff.credit.disable.mutate({ id: card.id, reason: 'Lost' })
    expect(ended).toMatchObject({ status: 'disabled', balance: eur(0) })
    expect(ended.entries[0]).toMatchObject({ kind: 'void', amount: eur(2000), note: 'Lost' })
    await expect(check(card.code)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await credit.refund(input.id)
    expect((await credit.pay([card.id], 500, paidBy)).state.status).toBe('declined')
    await credit.staff.credit.disable.mutate({ id: card.id, reason: 'Lost' })
    expect(await credit.balanceOf(card.id)).toEqual({ balance: 0, held: 0 })
    await credit.ledgersAgree()
  })

  test.each([
    ['an unknown code', '0000-0000-0000-0000-0000'],
    ['no code at all', 'x'],
    ['a code of 10 kB', 'A'.repeat(10_000)],
    ['a code with a quote', `' or 1=1 --`],
  ])('%s opens nothing', async (_name, code) => {
    await expect(check(code)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test.each([
    ['nothing', { amount: eur(0) }],
    ['less than nothing', { amount: eur(-100) }],
    ['a fraction', { amount: eur(10.5) }],
    ['too much', { amount: eur(1_000_001) }],
    ['another currency', { amount: { amount: 100, currency: 'USD' as 'EUR' } }],
    ['a past day', { amount: eur(100), expiresAt: '2020-01-01T00:00:00.000Z' }],
    ['no mailbox', { amount: eur(100), recipientEmail: 'nobody' }],
  ])('over %s is not issued', async (_name, input) => {
    await expect(credit.staff.credit.issue.mutate({ id: newId(), ...input })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

describe('store credit', () => {
  test('is granted once per command and seen by its owner alone', async () => {
    const customer = person()
    const grant = { id: newId(), userId: customer.userId, amount: eur(700), reason: 'Late parcel' }
    await credit.staff.credit.grant.mutate(grant)
    await credit.staff.credit.grant.mutate(grant)
    const mine = await shop.service.as(customer).credit.mine.query()
    expect(mine).toMatchObject({ balance: eur(700), entries: [{ kind: 'issue', note: 'Late parcel' }] })
    expect((await shop.service.as(person()).credit.mine.query()).balance).toEqual(eur(0))
    expect(await find({ storeCreditOf: customer.userId })).toMatchObject({ status: 'found' })
    expect(await find({ storeCreditOf: newId() })).toMatchObject({
      status: 'refused',
      path: 'useStoreCredit',
    })
  })

  test('two first grants at once open one account', async () => {
    const userId = newId()
    const grant = async () =>
      await credit.staff.credit.grant.mutate({ id: newId(), userId, amount: eur(100), reason: 'x' })
    await Promise.all([grant(), grant(), grant(), grant()])
    const { items } = await credit.staff.credit.list.query({ userId })
    expect(items).toMatchObject([{ balance: eur(400) }])
  })
})

test('only staff issue, list and disable; only the order service turns a code into a card', async () => {
  const customer = shop.service.as(person())
  const { id, code } = await credit.issue(100)
  const money = { id: newId(), amount: eur(100) }
  for (const call of [
    async () => await customer.credit.issue.mutate(money),
    async () => await customer.credit.grant.mutate({ ...money, userId: newId(), reason: 'x' }),
    async () => await customer.credit.list.query({}),
    async () => await customer.credit.get.query({ id }),
    async () => await customer.credit.disable.mutate({ id, reason: 'x' }),
    async () => await credit.staff.credit.find.mutate({ code, currency: 'EUR' }),
    async () => await shop.service.as(serviceActor('gateway')).credit.find.mutate({ code, currency: 'EUR' }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

describe('the database itself refuses', () => {
  test.each([
    'balance_minor = -1',
    'held_minor = -1',
    "currency = 'euro'",
    "status = 'lost'",
    'code_hash = null',
    `user_id = '${newId()}'`,
  ])('a gift card with %s', async (change) => {
    const { id } = await credit.issue(100)
    await expect(sql(`update credit set ${change} where id = $1`, [id])).rejects.toThrow(/violates check/)
  })

  test.each(['back_minor = amount_minor + 1', 'back_minor = -1', 'amount_minor = 0'])(
    'a use with %s',
    async (change) => {
      const { id } = await credit.issue(100)
      const { input } = await credit.pay([id], 100, paidBy)
      const statement = `update credit_use set ${change} where payment_id = $1`
      await expect(sql(statement, [input.id])).rejects.toThrow(/violates check/)
    },
  )

  test.each([
    "credit_status = 'held'",
    "credit_status = 'released'",
    "credit_status = 'none'",
    'credit_minor = 0',
    'credit_given_minor = 101',
    'credit_given_minor = 60, credit_pending_minor = 41',
    'credit_pending_minor = -1',
  ])('a captured payment with %s', async (change) => {
    const { id } = await credit.issue(100)
    const { input } = await credit.pay([id], 100, paidBy)
    await expect(sql(`update payment set ${change} where id = $1`, [input.id])).rejects.toThrow(
      /violates check/,
    )
  })

  test('any change of the ledger, and an entry that does not balance or is written twice', async () => {
    const { id } = await credit.issue(100)
    for (const statement of [
      `update credit_entry set note = 'x' where credit_id = $1`,
      `delete from credit_entry where credit_id = $1`,
      `update credit_posting set debit_minor = 1 where entry_id in (select id from credit_entry where credit_id = $1)`,
      `delete from credit_posting where entry_id in (select id from credit_entry where credit_id = $1)`,
    ])
      await expect(sql(statement, [id])).rejects.toThrow(/append-only/)
    const write = async (debit: number, kind: string, source: string) =>
      await sql(
        `with entry as (insert into credit_entry (id, credit_id, kind, source_id, actor, balance_after_minor)
           values ($1, $2, $3, $4, 'x', 0) returning id)
         insert into credit_posting (entry_id, line, account, debit_minor, credit_minor, currency)
         select id, 1, 'issued', $5::bigint, 0, 'EUR' from entry union all select id, 2, 'balance', 0, 100, 'EUR' from entry`,
        [newId(), id, kind, source, debit],
      )
    await expect(write(99, 'issue', newId())).rejects.toThrow(/does not balance/)
    await expect(write(100, 'issue', id)).rejects.toThrow(/duplicate key/)
    await expect(write(100, 'gift', newId())).rejects.toThrow(/violates check/)
  })
})

test('the job writes off what expired cards still have, once', async () => {
  const { id } = await credit.issue(800)
  await sql(`update credit set expires_at = now() - interval '1 s' where id = $1`, [id])
  await credit.untilBalance(id, 0)
  expect(await credit.kindsOf(id)).toEqual(['issue 800', 'expire 800'])
})
