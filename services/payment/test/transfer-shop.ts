import { newId } from '@souk/kernel/id'
import { expect } from 'vitest'
import type { PaymentMethod, StartPayment } from '../src/contract.ts'
import { creditShop, eur } from './credit-shop.ts'
import { card, newPayment, type PaymentHarness } from './harness.ts'

/** What tests of money that moves from one payment to another do again and again. */
export function transferShop(shop: PaymentHarness) {
  const credit = creditShop(shop)
  const sums = async (id: string) => {
    const row = await shop.row(id)
    const of = (name: string) => Number(row[name])
    return {
      kept: of('captured_minor') - of('refunded_minor'),
      pending: of('refund_pending_minor') + of('transfer_pending_minor') + of('credit_pending_minor'),
      transferred: of('transferred_minor'),
      back: of('transfer_given_minor'),
    }
  }
  const balance = async (accounts: string[], paymentId: string) =>
    (await shop.journal(paymentId))
      .filter(({ account }) => accounts.includes(account))
      .reduce((sum, each) => sum + each.debit - each.credit, 0)
  return {
    ...credit,
    paid: async (amount = 4800) => (await shop.start(card('tok_visa'), { amount: eur(amount) })).input,
    /** Begins a payment of which `moved` comes from an earlier one. */
    move: async (
      fromPaymentId: string,
      moved: number,
      amount: number = moved,
      method: PaymentMethod = { type: 'credit' },
      over: Partial<StartPayment> = {},
    ) => {
      const transfer = { id: newId(), fromPaymentId, amountMinor: moved }
      const input = newPayment(method, { amount: eur(amount), transfer, ...over })
      return { input, state: await shop.order.payment.start.mutate(input) }
    },
    sums,
    refundedAtProvider: async (id: string) => (await shop.charges(id))[0]?.refundedAmount ?? 0,
    earned: async (id: string) => -(await balance(['revenue', 'refunds', 'customer'], id)),
    inClearing: async (id: string) => await balance(['transfer'], id),
    transferStatus: async (toPaymentId: string) => {
      const [row] = await shop.service.sql<{ status: string }>(
        'select status from transfer where to_payment_id = $1',
        [toPaymentId],
      )
      return row?.status
    },
    /** What stands on payments is what transfers and refunds say, and nothing hangs between two payments. */
    transfersAgree: async () => {
      const wrong = await shop.service.sql(
        `select p.id, p.transferred_minor, t.out from payment p left join (
           select from_payment_id as id, sum(amount_minor - back_minor) as out from transfer
           where status <> 'released' group by 1) t using (id)
         where p.transferred_minor <> coalesce(t.out, 0)
         union all
         select p.id, p.transfer_minor, t.amount_minor from payment p left join transfer t on t.to_payment_id = p.id
         where p.transfer_minor <> coalesce(t.amount_minor, 0) or p.transfer_status <> coalesce(t.status, 'none')
         union all
         select t.to_payment_id, t.back_minor, p.transfer_given_minor + p.transfer_pending_minor
         from transfer t join payment p on p.id = t.to_payment_id
         where t.back_minor not between p.transfer_given_minor and p.transfer_given_minor + p.transfer_pending_minor`,
      )
      expect(wrong).toEqual([])
    },
  }
}
