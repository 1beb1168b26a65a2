import type { FaultMode } from '../fault/faults.ts'
import type { ActionKind, Failure } from './charge.ts'

/** What a token, VPA, bank or wallet makes the provider do. */
export type Behaviour = {
  outcome: 'succeed' | 'decline' | 'act'
  failure?: Failure
  action?: ActionKind
  /** What the bank or wallet says once the customer has approved on its page; without it, yes at once. */
  afterApproval?: 'refuses' | 'later'
  /** The customer approves by themselves after a moment. */
  isApprovedSoon?: boolean
  /** Goes wrong on the first request of a charge; a repeat with the same key is answered. */
  fault?: { mode: FaultMode; delayMs?: number }
}

type TestCard = { number: string; token: string; brand: string; says: string }

const declined: Failure = { code: 'card_declined', message: 'The card was declined by its bank.' }
const noFunds: Failure = { code: 'insufficient_funds', message: 'The card has not enough funds.' }
const expiredCard: Failure = { code: 'expired_card', message: 'The card has expired.' }
const wrongCvc: Failure = { code: 'incorrect_cvc', message: 'The security code of the card is wrong.' }

/** Every card token the sandbox knows. */
export const cardTokens: Readonly<Record<string, Behaviour>> = {
  tok_visa: { outcome: 'succeed' },
  tok_mastercard: { outcome: 'succeed' },
  tok_amex: { outcome: 'succeed' },
  tok_declined: { outcome: 'decline', failure: declined },
  tok_insufficient_funds: { outcome: 'decline', failure: noFunds },
  tok_expired_card: { outcome: 'decline', failure: expiredCard },
  tok_incorrect_cvc: { outcome: 'decline', failure: wrongCvc },
  tok_3ds: { outcome: 'act', action: '3ds' },
  tok_slow: { outcome: 'succeed', fault: { mode: 'slow', delayMs: 3000 } },
  tok_timeout_after_charge: { outcome: 'succeed', fault: { mode: 'hang_after' } },
  tok_hang_before_charge: { outcome: 'succeed', fault: { mode: 'hang' } },
  tok_error_before_charge: { outcome: 'succeed', fault: { mode: 'error_before' } },
  tok_error_after_charge: { outcome: 'succeed', fault: { mode: 'error_after' } },
  tok_drop_after_charge: { outcome: 'succeed', fault: { mode: 'drop_after' } },
  tok_webhook_first: { outcome: 'succeed', fault: { mode: 'webhook_first' } },
  tok_webhook_twice: { outcome: 'succeed', fault: { mode: 'webhook_duplicate' } },
  tok_webhook_late: { outcome: 'succeed', fault: { mode: 'webhook_delay', delayMs: 3000 } },
}

/** Test card numbers for the fields page: the number itself goes no further than this table. */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', token: 'tok_visa', brand: 'Visa', says: 'Paid at once' },
  { number: '5555555555554444', token: 'tok_mastercard', brand: 'Mastercard', says: 'Paid at once' },
  { number: '378282246310005', token: 'tok_amex', brand: 'Amex', says: 'Paid at once' },
  { number: '4000002500003155', token: 'tok_3ds', brand: 'Visa', says: 'Asks for 3-D Secure' },
  { number: '4000000000000002', token: 'tok_declined', brand: 'Visa', says: 'Declined' },
  {
    number: '4000000000009995',
    token: 'tok_insufficient_funds',
    brand: 'Visa',
    says: 'Declined: not enough funds',
  },
  {
    number: '4000000000000069',
    token: 'tok_expired_card',
    brand: 'Visa',
    says: 'Declined: card expired',
  },
  {
    number: '4000000000000127',
    token: 'tok_incorrect_cvc',
    brand: 'Visa',
    says: 'Declined: wrong security code',
  },
  { number: '4000000000000101', token: 'tok_slow', brand: 'Visa', says: 'Paid after three seconds' },
  {
    number: '4000000000000341',
    token: 'tok_timeout_after_charge',
    brand: 'Visa',
    says: 'Paid, but the answer never comes',
  },
]

/** UPI ids with a will of their own; any other waits for the approval page, as `pending@souk` does. */
export const upiIds: Readonly<Record<string, Behaviour>> = {
  'success@souk': { outcome: 'act', action: 'upi', isApprovedSoon: true },
  'failure@souk': {
    outcome: 'decline',
    failure: { code: 'upi_refused', message: 'The bank behind this UPI id refused the request.' },
  },
  'pending@souk': { outcome: 'act', action: 'upi' },
}
const anyUpi: Behaviour = { outcome: 'act', action: 'upi' }

type Choice = { code: string; name: string; afterApproval?: 'refuses' | 'later' }

/** Whom a customer can pay by; the last two are for trying things out. */
export const banks: readonly Choice[] = [
  { code: 'HDFC', name: 'HDFC Bank' },
  { code: 'ICIC', name: 'ICICI Bank' },
  { code: 'SBIN', name: 'State Bank of India' },
  { code: 'UTIB', name: 'Axis Bank' },
  { code: 'SLOW', name: 'Test bank that takes its time', afterApproval: 'later' },
  { code: 'FAIL', name: 'Test bank that refuses', afterApproval: 'refuses' },
]
export const wallets: readonly Choice[] = [
  { code: 'paytm', name: 'Paytm' },
  { code: 'phonepe', name: 'PhonePe' },
  { code: 'amazonpay', name: 'Amazon Pay' },
  { code: 'slowwallet', name: 'Test wallet that takes its time', afterApproval: 'later' },
  { code: 'emptywallet', name: 'Test wallet without money', afterApproval: 'refuses' },
]

export type MethodInput =
  | { type: 'card'; token: string }
  | { type: 'upi'; vpa: string }
  | { type: 'netbanking'; bank: string }
  | { type: 'wallet'; wallet: string }

/** Nothing when the token is unknown. */
export function behaviourOf(method: MethodInput): Behaviour | undefined {
  if (method.type === 'card')
    return Object.hasOwn(cardTokens, method.token) ? cardTokens[method.token] : undefined
  if (method.type === 'upi') {
    const vpa = method.vpa.toLowerCase()
    return Object.hasOwn(upiIds, vpa) ? upiIds[vpa] : anyUpi
  }
  const choice = choiceOf(method)
  if (!choice) return undefined
  const { afterApproval } = choice
  return { outcome: 'act', action: method.type, ...(afterApproval ? { afterApproval } : {}) }
}

function choiceOf(method: Extract<MethodInput, { type: 'netbanking' | 'wallet' }>): Choice | undefined {
  return method.type === 'netbanking'
    ? banks.find(({ code }) => code === method.bank)
    : wallets.find(({ code }) => code === method.wallet)
}

/** What the provider's own pages call the means of payment; never the whole token or VPA. */
export function labelOf(method: MethodInput): string {
  if (method.type === 'card') return 'Card'
  if (method.type === 'netbanking') return choiceOf(method)?.name ?? `Bank ${method.bank}`
  if (method.type === 'wallet') return choiceOf(method)?.name ?? `Wallet ${method.wallet}`
  const [name = '', bank = ''] = method.vpa.split('@')
  return `UPI ${name.slice(0, 1)}***@${bank}`
}
