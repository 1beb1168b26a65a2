import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { expect } from 'vitest'
import type { CreateRefund, PaymentMethod, StartPayment } from '../src/contract.ts'
import { newPayment, type PaymentHarness } from './harness.ts'

export const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
export const paidBy = { type: 'credit' } as const

/** What tests of gift cards and store credit do again and again. */
export function creditShop(shop: PaymentHarness) {
  const staff = shop.service.as(person('staff'))
  const balanceOf = async (id: string) => {
    const { balance, held } = await staff.credit.get.query({ id })
    return { balance: balance.amount, held: held.amount }
  }
  return {
    staff,
    balanceOf,
    issue: async (amount: number) => await staff.credit.issue.mutate({ id: newId(), amount: eur(amount) }),
    pay: async (
      creditIds: string[],
      amount: number,
      method: PaymentMethod,
      over: Partial<StartPayment> = {},
      expected?: number,
    ) => {
      const credit = { ids: creditIds, ...(expected === undefined ? {} : { expected: eur(expected) }) }
      const input = newPayment(method, { amount: eur(amount), credit, ...over })
      return { input, state: await shop.order.payment.start.mutate(input) }
    },
    refund: async (paymentId: string, amount?: number, over: Partial<CreateRefund> = {}) =>
      await staff.payment.refund.mutate({
        id: newId(),
        paymentId,
        reason: 'Arrived broken',
        ...(amount === undefined ? {} : { amount: eur(amount) }),
        ...over,
      }),
    untilBalance: async (id: string, balance: number, held = 0) =>
      await until(`the card has ${balance}`, async () => {
        const now = await balanceOf(id)
        return now.balance === balance && now.held === held
      }),
    kindsOf: async (id: string) =>
      (await staff.credit.get.query({ id })).entries
        .map(({ kind, amount }) => `${kind} ${amount.amount}`)
        .reverse(),
    /** The sums that stand on each credit are what its entries say, and nothing is held for what has ended. */
    ledgersAgree: async () => {
      const wrong = await shop.service.sql(
        `select c.id, c.balance_minor, c.held_minor, l.balance, l.held from credit c left join (
           select e.credit_id,
             coalesce(sum(p.credit_minor - p.debit_minor) filter (where p.account = 'balance'), 0) as balance,
             coalesce(sum(p.credit_minor - p.debit_minor) filter (where p.account = 'held'), 0) as held
           from credit_entry e join credit_posting p on p.entry_id = e.id group by 1) l on l.credit_id = c.id
         where c.balance_minor <> coalesce(l.balance, 0) or c.held_minor <> coalesce(l.held, 0)
            or c.held_minor <> (select coalesce(sum(u.amount_minor), 0) from credit_use u
                                join payment p on p.id = u.payment_id
                                where u.credit_id = c.id and p.credit_status = 'held')`,
      )
      expect(wrong).toEqual([])
    },
  }
}
