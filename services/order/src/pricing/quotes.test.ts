import { AppError } from '@souk/kernel/errors'
import type { QuotedVariant } from '@souk/product/contract'
import { describe, expect, test } from 'vitest'
import { createQuotes } from './quotes.ts'

/** Sells every SKU that does not begin with `no`, spelt in capitals. */
function shop() {
  const calls: string[][] = []
  const quotes = createQuotes(async (skus) => {
    calls.push([...skus])
    if (skus.includes('bad')) throw new AppError('INVALID_INPUT', 'This is no SKU.')
    if (skus.includes('away')) throw new AppError('UNAVAILABLE', 'Product is away.')
    return skus.flatMap((sku) => (sku.startsWith('no') ? [] : [{ sku: sku.toUpperCase() } as QuotedVariant]))
  })
  const ask = async (...skus: string[]) => (await quotes(skus)).map(({ sku }) => sku)
  return { ask, calls }
}

describe('prices that are asked for at the same moment', () => {
  test('share a call, and each asker gets what he asked for', async () => {
    const { ask, calls } = shop()
    const answers = await Promise.all([ask('a', 'b'), ask('B'), ask('c', 'no-1', 'a'), ask('no-2')])
    expect(answers).toEqual([['A', 'B'], ['B'], ['C', 'A'], []])
    expect(calls).toHaveLength(1)
    expect(new Set(calls[0])).toEqual(new Set(['a', 'B', 'c', 'no-1', 'no-2']))
  })

  test('are asked for in parts when they are more than product answers at once', async () => {
    const { ask, calls } = shop()
    const skus = Array.from({ length: 250 }, (_, index) => `s${index}`)
    const answers = await Promise.all(skus.map((sku) => ask(sku)))
    expect(answers.flat()).toEqual(skus.map((sku) => sku.toUpperCase()))
    expect(calls.every((part) => part.length <= 100)).toBe(true)
    expect(calls.length).toBeLessThanOrEqual(4)
  })

  test('fail only for who asked what cannot be asked', async () => {
    const { ask } = shop()
    const [good, bad] = await Promise.allSettled([ask('a'), ask('bad')])
    expect(good).toEqual({ status: 'fulfilled', value: ['A'] })
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_INPUT' } })
  })

  test('fail for all at once, and are not asked for again one by one, while product is away', async () => {
    const { ask, calls } = shop()
    const all = await Promise.allSettled([ask('a'), ask('away'), ask('b')])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(calls).toHaveLength(1)
  })
})
