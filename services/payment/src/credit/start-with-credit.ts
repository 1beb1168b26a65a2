import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import type { StartPayment } from '../contract.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import type { NewPayment } from '../payment/payment-store.ts'
import { type CreditRecord, type Plan, planCredit } from './credit.ts'
import { insertCreditPayment } from './credit-payment-store.ts'
import { readCredits } from './credit-store.ts'
import { holdCredit } from './use-store.ts'

const taken = counter('souk_credit_payments_total', 'Payments that a gift card or store credit pays.', [
  'outcome',
])

/** Each try that fails means that another order has taken something. */
const mostTries = 25

/**
 * Begins a payment and takes its credit in one transaction. The plan is made on what was there a moment
 * ago; when the database finds less, nothing is written and it is planned again. So of two orders that
 * want the same money one gets it, the other hears so, and nobody waits behind a lock. Nothing when the
 * id is taken or the order is over.
 */
export async function startWithCredit(
  ctx: PaymentContext,
  start: NewPayment,
  wanted: NonNullable<StartPayment['credit']>,
): Promise<PaymentRecord | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const credits = await readCredits(ctx.db.sql, wanted.ids)
    const plan = planFor(ctx, start.input, wanted, credits)
    const payment = await take(ctx, start, plan, labelOf(credits))
    if (payment === 'less_there') continue
    if (payment) taken.inc({ outcome: outcomeOf(plan) })
    if (payment && payment.status !== 'created') ctx.bus.wake()
    return payment
  }
  throw new AppError('UNAVAILABLE', 'Many orders want this gift card at once. Please try again.')
}

function planFor(
  ctx: PaymentContext,
  input: StartPayment,
  wanted: NonNullable<StartPayment['credit']>,
  credits: readonly CreditRecord[],
): Plan {
  return planCredit(credits, {
    amountMinor: input.amount.amount,
    currency: input.amount.currency,
    expectedMinor: wanted.expected?.amount,
    hasOtherMethod: input.method.type !== 'credit',
    now: ctx.clock.now(),
  })
}

async function take(ctx: PaymentContext, start: NewPayment, plan: Plan, label: string) {
  try {
    return await ctx.db.transaction(async (tx) => {
      const payment = await insertCreditPayment(tx, start, plan, label)
      if (payment && plan.kind === 'taken') await holdCredit(tx, payment, plan.parts)
      return payment
    })
  } catch (error) {
    const failure = classifyDbError(error)
    if (failure.kind === 'check' && failure.constraint === 'credit_balance') return 'less_there'
    // Somebody holds the row for longer than we wait.
    if (failure.kind === 'retry') return 'less_there'
    throw error
  }
}

function outcomeOf(plan: Plan): string {
  if (plan.kind === 'refused') return 'refused'
  return plan.restMinor === 0 ? 'whole' : 'part'
}

/** What people see of it. */
function labelOf(credits: readonly CreditRecord[]): string {
  const card = credits.find(({ kind }) => kind === 'gift_card')
  return card ? `Gift card ending in ${card.last4}` : 'Store credit'
}
