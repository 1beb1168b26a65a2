import { bookChecks } from '@souk/audit/book-checks'
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
      // As order does: a busy service is asked again under the same id.
      for (;;) {
        const state = await shop.order.payment.start.mutate(input).catch((error: { code: string }) => {
          if (error.code !== 'UNAVAILABLE') throw error
        })
        if (state) return { input, state }
      }
    },
    sums,
    refundedAtProvider: async (id: string) => (await shop.charges(id))[0]?.refundedAmount ?? 0,
    earned: async (id: string) => 0 - (await balance(['revenue', 'refunds', 'customer'], id)),
    inClearing: async (id: string) => await balance(['transfer'], id),
    transferStatus: async (toPaymentId: string) => {
      const [row] = await shop.service.sql<{ status: string }>(
        'select status from transfer where to_payment_id = $1',
        [toPaymentId],
      )
      return row?.status
    },
    /** The audit of payment's own books finds nothing. */
    booksAgree: async () => {
      const sql = async <Row extends object>(_: string, text: string, values: unknown[] = []) =>
        await shop.service.sql<Row>(text, values)
      for (const check of bookChecks)
        expect((await check.run({ graceSeconds: 0, sql, groups: async () => [] })).offences).toEqual([])
    },
  }
}
