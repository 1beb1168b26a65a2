import type { Credit, CreditEntry } from '@souk/payment/contract'

export const kindLabels: Record<Credit['kind'], string> = {
  gift_card: 'Gift card',
  store_credit: 'Store credit',
}

export const creditStates = {
  active: { label: 'Active', tone: 'positive' },
  disabled: { label: 'Disabled', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'warning' },
} as const satisfies Record<Credit['status'], { label: string; tone: string }>

export const entryLabels: Record<CreditEntry['kind'], string> = {
  issue: 'Issued',
  hold: 'Held for an order',
  spend: 'Spent',
  release: 'Released',
  give_back: 'Given back',
  expire: 'Expired',
  void: 'Voided',
}

export function creditName(credit: Pick<Credit, 'kind' | 'last4'>): string {
  return credit.last4 === null ? kindLabels[credit.kind] : `Card ending in ${credit.last4}`
}
