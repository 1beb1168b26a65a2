import { PaymentMethod } from '@souk/payment/contract'

export type PaymentType = PaymentMethod['type']

/** What the customer chose and typed, before a card has become a token. */
export type PaymentInput = { type: PaymentType; vpa: string; bank: string; wallet: string }

export const noPayment: PaymentInput = { type: 'card', vpa: '', bank: '', wallet: '' }

export type PaymentFault = { field: 'vpa' | 'bank' | 'wallet'; message: string }

/** The method as the contract wants it, or which field to look at. A card needs its token first. */
export function readPayment(
  input: PaymentInput,
  cardToken: string | undefined,
): { method: PaymentMethod } | { fault: PaymentFault } {
  if (input.type === 'upi') {
    const method = PaymentMethod.safeParse({ type: 'upi', vpa: input.vpa.trim() })
    if (method.success) return { method: method.data }
    const message = input.vpa.trim() === '' ? 'Enter your UPI id.' : 'A UPI id looks like name@bank.'
    return { fault: { field: 'vpa', message } }
  }
  if (input.type === 'netbanking') {
    return input.bank === ''
      ? { fault: { field: 'bank', message: 'Choose your bank.' } }
      : { method: { type: 'netbanking', bank: input.bank } }
  }
  if (input.type === 'wallet') {
    return input.wallet === ''
      ? { fault: { field: 'wallet', message: 'Choose your wallet.' } }
      : { method: { type: 'wallet', wallet: input.wallet } }
  }
  return input.type === 'cod'
    ? { method: { type: 'cod' } }
    : { method: { type: 'card', token: cardToken ?? '' } }
}
