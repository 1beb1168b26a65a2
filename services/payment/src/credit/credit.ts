import { type Currency, formatMoney, money } from '@souk/kernel/money'

/** A gift card or a customer's store credit, as our books have it. */
export type CreditRecord = {
  id: string
  kind: 'gift_card' | 'store_credit'
  userId: string | null
  last4: string | null
  status: 'active' | 'disabled'
  currency: Currency
  balanceMinor: number
  heldMinor: number
  expiresAt: Date | null
  note: string | null
  recipientEmail: string | null
  issuedBy: string
  requestHash: string
  createdAt: Date
}

export type CreditVerb = 'issue' | 'hold' | 'spend' | 'release' | 'give_back' | 'expire' | 'void'
export type CreditAccount = 'issued' | 'balance' | 'held' | 'spent' | 'refunds' | 'expired' | 'voided'

/** From which account to which each verb moves money. `balance` and `held` are what we owe. */
export const verbAccounts = {
  issue: { debit: 'issued', credit: 'balance' },
  hold: { debit: 'balance', credit: 'held' },
  spend: { debit: 'held', credit: 'spent' },
  release: { debit: 'held', credit: 'balance' },
  give_back: { debit: 'refunds', credit: 'balance' },
  expire: { debit: 'balance', credit: 'expired' },
  void: { debit: 'balance', credit: 'voided' },
} as const satisfies Record<CreditVerb, { debit: CreditAccount; credit: CreditAccount }>

/** By how much a verb changes one of the two sums that stand on the credit. */
export function changeOf(verb: CreditVerb, account: 'balance' | 'held', amountMinor: number): number {
  const { debit, credit } = verbAccounts[verb]
  if (credit === account) return amountMinor
  return debit === account ? -amountMinor : 0
}

/** Why a credit cannot be spent, in words for whoever wanted to; nothing when it can. */
export function objectionTo(
  credit: Pick<CreditRecord, 'kind' | 'status' | 'expiresAt' | 'currency'>,
  currency: Currency,
  now: Date,
): string | undefined {
  const name = credit.kind === 'gift_card' ? 'This gift card' : 'Your store credit'
  if (credit.status === 'disabled') return `${name} is not valid any more.`
  if (credit.expiresAt !== null && credit.expiresAt <= now) return `${name} has expired.`
  if (credit.currency !== currency) return `${name} is in ${credit.currency}, this order in ${currency}.`
  return undefined
}

export type CreditPart = { creditId: string; amountMinor: number }
export type Plan =
  | { kind: 'taken'; parts: CreditPart[]; creditMinor: number; restMinor: number }
  | { kind: 'refused'; message: string }

/**
 * How much of an amount is paid by these credits, in their order. Nobody pays more by card than he saw:
 * when less is there than was expected, nothing is taken.
 */
export function planCredit(
  credits: readonly CreditRecord[],
  bill: {
    amountMinor: number
    currency: Currency
    expectedMinor: number | undefined
    hasOtherMethod: boolean
    now: Date
  },
): Plan {
  const limit = Math.min(bill.amountMinor, bill.expectedMinor ?? bill.amountMinor)
  const parts: CreditPart[] = []
  let left = limit
  for (const credit of credits) {
    const objection = objectionTo(credit, bill.currency, bill.now)
    if (objection !== undefined) return { kind: 'refused', message: `${objection} Nothing was taken.` }
    const amountMinor = Math.min(left, credit.balanceMinor)
    if (amountMinor > 0) parts.push({ creditId: credit.id, amountMinor })
    left -= amountMinor
  }
  const creditMinor = limit - left
  const name = credits.some(({ kind }) => kind === 'gift_card') ? 'gift card' : 'store credit'
  const there = formatMoney(money(creditMinor, bill.currency))
  if (creditMinor === 0)
    return { kind: 'refused', message: `There is nothing left on the ${name}. Nothing was taken.` }
  if (bill.expectedMinor !== undefined && left > 0)
    return { kind: 'refused', message: `Only ${there} is left on the ${name} by now. Nothing was taken.` }
  const restMinor = bill.amountMinor - creditMinor
  if (restMinor > 0 && !bill.hasOtherMethod)
    return { kind: 'refused', message: `The ${name} covers only ${there}. Nothing was taken.` }
  return { kind: 'taken', parts, creditMinor, restMinor }
}

/** Gives an amount back to what a payment was paid with: what was used last comes first. */
export function spreadBack(
  uses: readonly { creditId: string; amountMinor: number; backMinor: number }[],
  amountMinor: number,
): CreditPart[] {
  const parts: CreditPart[] = []
  let left = amountMinor
  for (const use of uses.toReversed()) {
    const part = Math.min(left, use.amountMinor - use.backMinor)
    if (part > 0) parts.push({ creditId: use.creditId, amountMinor: part })
    left -= part
  }
  if (left > 0) throw new Error(`${left} more is to go back than was paid by credit`)
  return parts
}
