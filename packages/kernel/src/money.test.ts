import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney } from './format-money.ts'
import { allocate, basisPointsOf, MAX_AMOUNT_MINOR, Money, taxIncluded } from './money.ts'

const amount = fc.integer({ min: 0, max: MAX_AMOUNT_MINOR })
const weight = fc.integer({ min: 0, max: MAX_AMOUNT_MINOR })
const weights = fc.array(weight, { minLength: 1, maxLength: 40 })
const basisPoints = fc.integer({ min: 0, max: 10_000 })
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0)

describe('allocating', () => {
  it('loses no cent and makes none', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares)
        expect(parts).toHaveLength(shares.length)
        expect(sum(parts)).toBe(total)
        for (const part of parts) expect(Number.isInteger(part) && part >= 0).toBe(true)
      }),
    )
  })

  it('is never further than one cent from the exact share, and gives nothing to a weight of nothing', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        fc.pre(sum(shares) > 0)
        for (const [index, part] of allocate(total, shares).entries()) {
          const share = shares[index] ?? 0
          const scaled = BigInt(total) * BigInt(share)
          const whole = BigInt(sum(shares))
          expect(BigInt(part) * whole > scaled - whole && BigInt(part) * whole < scaled + whole).toBe(true)
          if (share === 0) expect(part).toBe(0)
        }
      }),
    )
  })

  it('gives a larger weight no less than a smaller one', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares)
        for (const [a, left] of shares.entries()) {
          for (const [b, right] of shares.entries()) {
            if (left > right && sum(shares) > 0) expect(parts[a]).toBeGreaterThanOrEqual(parts[b] ?? 0)
          }
        }
      }),
    )
  })

  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [1, [1, 1], [1, 0]],
    [0, [5, 5], [0, 0]],
    [10, [0, 0], [10, 0]],
    [5, [], []],
    [101, [50, 50], [51, 50]],
  ])('%i over %j is %j', (total, shares, parts) => {
    expect(allocate(total, shares)).toEqual(parts)
  })
})

describe('a part in ten thousand', () => {
  it('is exact to half a cent, also where floating point is not', () => {
    fc.assert(
      fc.property(amount, basisPoints, (of, points) => {
        const part = BigInt(basisPointsOf(of, points))
        const doubled = 2n * (part * 10_000n - BigInt(of) * BigInt(points))
        expect(doubled > -10_000n && doubled <= 10_000n).toBe(true)
      }),
    )
    expect(basisPointsOf(1, 5000)).toBe(1)
    expect(basisPointsOf(1, 4999)).toBe(0)
    expect(basisPointsOf(1999, 1000)).toBe(200)
    expect(basisPointsOf(MAX_AMOUNT_MINOR, 10_000)).toBe(MAX_AMOUNT_MINOR)
  })
})

describe('tax that a price contains', () => {
  it('is exact to half a cent: the net amount with its tax is the price', () => {
    fc.assert(
      fc.property(amount, basisPoints, (gross, rate) => {
        const tax = BigInt(taxIncluded(gross, rate))
        const exactTimesDivisor = BigInt(gross) * BigInt(rate)
        const divisor = 10_000n + BigInt(rate)
        const doubled = 2n * (tax * divisor - exactTimesDivisor)
        expect(doubled > -divisor && doubled <= divisor).toBe(true)
        expect(tax >= 0n && tax <= BigInt(gross)).toBe(true)
      }),
    )
  })

  it.each([
    [12_000, 2000, 2000],
    [11_900, 1900, 1900],
    [0, 1900, 0],
    [100, 0, 0],
    [1, 1900, 0],
    [4, 1900, 1],
  ])('of %i at %i is %i', (gross, rate, tax) => {
    expect(taxIncluded(gross, rate)).toBe(tax)
  })

  it('grows with the price and with the rate', () => {
    fc.assert(
      fc.property(amount, amount, basisPoints, basisPoints, (a, b, low, high) => {
        expect(taxIncluded(Math.min(a, b), low)).toBeLessThanOrEqual(taxIncluded(Math.max(a, b), low))
        const [less, more] = [Math.min(low, high), Math.max(low, high)]
        expect(taxIncluded(a, less)).toBeLessThanOrEqual(taxIncluded(a, more))
      }),
    )
  })
})

describe('an amount of money', () => {
  it('is a whole number of cents that is not negative, in a currency we take, and nothing else', () => {
    expect(Money.parse({ amount: 1999, currency: 'EUR' })).toEqual({ amount: 1999, currency: 'EUR' })
    for (const wrong of [
      { amount: -1, currency: 'EUR' },
      { amount: 0.5, currency: 'EUR' },
      { amount: MAX_AMOUNT_MINOR + 1, currency: 'EUR' },
      { amount: '1', currency: 'EUR' },
      { amount: Number.NaN, currency: 'EUR' },
      { amount: 1n, currency: 'EUR' },
      { amount: 1, currency: 'USD' },
      { amount: 1, currency: 'eur' },
      { amount: 1 },
      { amount: 1, currency: 'EUR', also: 1 },
    ]) {
      expect(Money.safeParse(wrong).success).toBe(false)
    }
  })

  it('is written the way people write it', () => {
    expect(formatMoney({ amount: 4800, currency: 'EUR' })).toBe('€48.00')
    expect(formatMoney({ amount: 5, currency: 'EUR' }, 'de-DE')).toBe('0,05\u00a0€')
    expect(formatMoney({ amount: 4800, currency: 'JPY' }, 'en-IE')).toContain('4,800')
  })
})
