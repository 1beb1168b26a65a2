import { classifyDbError } from '@souk/db/errors'
import { AppError, notFound } from '@souk/kernel/errors'
import { keyReused } from '@souk/service/idempotency'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import type { StartPayment } from '../contract.ts'
import type { CreditRecord } from '../credit/credit.ts'
import { readCredits } from '../credit/credit-store.ts'
import { holdCredit } from '../credit/use-store.ts'
import { insertTransfer } from '../transfer/transfer-store.ts'
import type { PaymentRecord } from './payment.ts'
import { findPayment, type NewPayment } from './payment-store.ts'
import { type Plan, planPrepaid } from './prepaid.ts'
import { insertPrepaidPayment } from './prepaid-store.ts'

const taken = counter('souk_credit_payments_total', 'Payments that a gift card or store credit pays.', [
  'outcome',
])
const moved = counter('souk_transfer_payments_total', 'Payments that money of an earlier payment pays.', [
  'outcome',
])

/** Each try that fails means that another order has taken something. */
const mostTries = 25

/**
 * Begins a payment and takes what pays a part of it in one transaction. The plan is made on what was there a
 * moment ago; when the database finds less, nothing is written and it is planned again. So of two orders that
 * want the same money one gets it, the other hears so, and nobody waits behind a lock. Nothing when the
 * id is taken or the order is over.
 */
export async function startPrepaid(
  ctx: PaymentContext,
  start: NewPayment,
): Promise<PaymentRecord | undefined> {
  const { input } = start
  for (let tries = 0; tries < mostTries; tries += 1) {
    const credits = input.credit ? await readCredits(ctx.db.sql, input.credit.ids) : []
    const origin = input.transfer && (await originOf(ctx, input, input.transfer))
    const plan = planPrepaid(input, { origin, credits, now: ctx.clock.now() })
    const payment = await take(ctx, start, plan, labelOf(plan, credits))
    if (payment === 'less_there') continue
    if (payment && (input.credit || !input.transfer)) taken.inc({ outcome: outcomeOf(plan) })
    if (payment && input.transfer) moved.inc({ outcome: outcomeOf(plan) })
    if (payment && payment.status !== 'created') ctx.bus.wake()
    return payment
  }
  throw new AppError('UNAVAILABLE', 'Many orders want this money at once. Please try again.')
}

async function originOf(
  ctx: PaymentContext,
  { amount }: StartPayment,
  transfer: NonNullable<StartPayment['transfer']>,
): Promise<PaymentRecord> {
  const origin = await findPayment(ctx.db.sql, transfer.fromPaymentId)
  if (!origin) throw notFound('payment')
  if (origin.currency !== amount.currency)
    throw wrong('amount.currency', `The earlier payment is in ${origin.currency}.`)
  if (transfer.amountMinor > amount.amount)
    throw wrong('transfer.amountMinor', 'Not more than the new payment’s amount can be moved to it.')
  return origin
}

async function take(ctx: PaymentContext, start: NewPayment, plan: Plan, label: string) {
  const { transfer } = start.input
  try {
    return await ctx.db.transaction(async (tx) => {
      const payment = await insertPrepaidPayment(tx, start, plan, label)
      if (!payment || plan.kind === 'refused') return payment
      if (transfer && !(await insertTransfer(tx, payment, transfer))) throw new LessThere()
      if (plan.parts.length > 0) await holdCredit(tx, payment, plan.parts)
      return payment
    })
  } catch (error) {
    if (error instanceof LessThere) return 'less_there'
    const failure = classifyDbError(error)
    const isSpent = failure.kind === 'check' && lastWords.includes(failure.constraint ?? '')
    // Somebody holds the row for longer than we wait.
    if (isSpent || failure.kind === 'retry') return 'less_there'
    if (failure.kind === 'unique' && failure.constraint === 'transfer_pkey') throw keyReused()
    throw error
  }
}

/** The transaction is undone: the earlier payment has ended since it was read. */
class LessThere extends Error {}
const lastWords = ['credit_balance', 'payment_given_back']

function outcomeOf(plan: Plan): string {
  if (plan.kind === 'refused') return 'refused'
  return plan.restMinor === 0 ? 'whole' : 'part'
}

/** What people see of a payment for which no provider is asked. */
function labelOf(plan: Plan, credits: readonly CreditRecord[]): string {
  if (plan.kind === 'taken' && plan.parts.length === 0) return 'Already paid'
  const card = credits.find(({ kind }) => kind === 'gift_card')
  return card ? `Gift card ending in ${card.last4}` : 'Store credit'
}

function wrong(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, {
    details: { reason: 'invalid_input', errors: [{ path, message }] },
  })
}
