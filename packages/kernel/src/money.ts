import { z } from 'zod'

export { formatMoney } from './format-money.ts'

/** Largest amount a price or total may have, in minor units: far below 2^53, so sums stay exact. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_00

export const currencies = ['EUR'] as const
export const Currency = z.enum(currencies)
export type Currency = z.infer<typeof Currency>

/** Integer minor units (cents) with an ISO 4217 code. Never a fraction, never below zero. */
export const Money = z.strictObject({
  amount: z.int().min(0).max(MAX_AMOUNT_MINOR),
  currency: Currency,
})
export type Money = z.infer<typeof Money>

export function money(amountMinor: number, currency: Currency = 'EUR'): Money {
  return { amount: amountMinor, currency }
}

/**
 * Splits `totalMinor` in proportion to `weights` so that the parts add up exactly (largest remainder,
 * ties to the earlier part). With no positive weight everything goes to the first part.
 */
export function allocate(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum <= 0) return weights.map((_, index) => (index === 0 ? totalMinor : 0))
  const exact = weights.map((weight) => (BigInt(totalMinor) * BigInt(weight)) / BigInt(sum))
  const remainders = weights.map((weight, index) => ({
    index,
    rest: (BigInt(totalMinor) * BigInt(weight)) % BigInt(sum),
  }))
  const parts = exact.map(Number)
  let left = totalMinor - parts.reduce((a, b) => a + b, 0)
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  for (const { index } of remainders) {
    if (left <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    left -= 1
  }
  return parts
}

/** `amountMinor * basisPoints / 10 000`, half away from zero, computed without floating point. */
export function basisPointsOf(amountMinor: number, basisPoints: number): number {
  return Number((BigInt(amountMinor) * BigInt(basisPoints) + 5000n) / 10000n)
}

/** Tax contained in a gross amount at `rateBasisPoints` (2000 = 20 %), half up, without floating point. */
export function taxIncluded(grossMinor: number, rateBasisPoints: number): number {
  const gross = BigInt(grossMinor)
  const rate = BigInt(rateBasisPoints)
  const divisor = 10000n + rate
  return Number((gross * rate * 2n + divisor) / (2n * divisor))
}
