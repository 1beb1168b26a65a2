import type { Currency } from '@souk/kernel/money'
import type { Difference } from '@souk/payment/contract'
import { minorText } from '../../frame/format.ts'

export const kindWords: Readonly<Record<Difference['kind'], string>> = {
  unknown_charge: 'A charge that we do not know',
  missing_charge: 'A charge that the provider does not know',
  amount: 'Another amount',
  captured: 'Another amount taken',
  refunded: 'Another amount refunded',
}

export const resolutionWords: Readonly<Record<NonNullable<Difference['resolution']>, string>> = {
  healed: 'Corrected',
  gone: 'Gone since',
  by_hand: 'Settled by hand',
}

export function sumsText(sums: Difference['ours']): string {
  if (!sums) return 'Nothing'
  const currency = sums.currency as Currency
  const taken = `${minorText(sums.capturedMinor, currency)} of ${minorText(sums.amountMinor, currency)} taken`
  return sums.refundedMinor === 0 ? taken : `${taken}, ${minorText(sums.refundedMinor, currency)} refunded`
}
