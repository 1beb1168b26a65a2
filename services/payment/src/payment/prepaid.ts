import { formatMoney, money } from '@souk/kernel/money'
import type { StartPayment } from '../contract.ts'
import { type CreditPart, type CreditRecord, planCredit } from '../credit/credit.ts'
import { objectionToTransfer } from '../transfer/transfer.ts'
import type { PaymentRecord } from './payment.ts'

/** How much of a payment is paid by what we have of the customer's already. */
export type Plan =
  | { kind: 'taken'; transferMinor: number; parts: CreditPart[]; creditMinor: number; restMinor: number }
  | { kind: 'refused'; code: 'transfer_refused' | 'credit_refused'; message: string }

/** Money of an earlier payment comes first, then credit, then the provider. */
export function planPrepaid(
  input: StartPayment,
  found: { origin: PaymentRecord | undefined; credits: readonly CreditRecord[]; now: Date },
): Plan {
  const transferMinor = input.transfer?.amountMinor ?? 0
  const objection = found.origin && objectionToTransfer(found.origin, transferMinor)
  if (objection !== undefined)
    return { kind: 'refused', code: 'transfer_refused', message: `${objection} Nothing was taken.` }
  const restMinor = input.amount.amount - transferMinor
  const hasOtherMethod = input.method.type !== 'credit'
  if (transferMinor > 0 && (restMinor === 0 || input.credit === undefined)) {
    if (restMinor === 0 || hasOtherMethod)
      return { kind: 'taken', transferMinor, parts: [], creditMinor: 0, restMinor }
    const covered = formatMoney(money(transferMinor, input.amount.currency))
    const message = `The earlier payment covers only ${covered}. Nothing was taken.`
    return { kind: 'refused', code: 'transfer_refused', message }
  }
  const plan = planCredit(found.credits, {
    amountMinor: restMinor,
    currency: input.amount.currency,
    expectedMinor: input.credit?.expected?.amount,
    hasOtherMethod,
    now: found.now,
  })
  return plan.kind === 'refused' ? { ...plan, code: 'credit_refused' } : { ...plan, transferMinor }
}
