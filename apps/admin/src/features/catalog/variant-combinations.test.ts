import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combinationKey, combinationsOf, compareVariants, suggestSku } from './variant-combinations.ts'

const colour = { code: 'colour', values: ['oat', 'ink'] }
const size = { code: 'size', values: ['Small', 'Large'] }

describe('combinationsOf', () => {
  it('makes every combination once, the first option varying slowest', () => {
    expect(combinationsOf([colour, size])).toEqual([
      { colour: 'oat', size: 'Small' },
      { colour: 'oat', size: 'Large' },
      { colour: 'ink', size: 'Small' },
      { colour: 'ink', size: 'Large' },
    ])
  })
  it('makes one plain variant without options and none when an option has no value', () => {
    expect(combinationsOf([])).toEqual([{}])
    expect(combinationsOf([colour, { code: 'size', values: [] }])).toEqual([])
  })
  it('makes as many distinct combinations as the product of the counts', () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const made = combinationsOf([
          { code: 'a', values: a },
          { code: 'b', values: b },
          { code: 'c', values: c },
        ])
        expect(new Set(made.map(combinationKey)).size).toBe(a.length * b.length * c.length)
      }),
    )
  })
})

describe('compareVariants', () => {
  it('names only what is missing, whatever the order of the keys', () => {
    const variants = [
      { options: { size: 'Small', colour: 'oat' } },
      { options: { colour: 'ink', size: 'Large' } },
    ]
    expect(compareVariants([colour, size], variants)).toEqual({
      missing: [
        { colour: 'oat', size: 'Large' },
        { colour: 'ink', size: 'Small' },
      ],
      stray: [],
    })
  })
  it('names variants that fit no combination any more', () => {
    const stray = { sku: 'OLD', options: { colour: 'rust' } }
    const kept = { sku: 'OAT', options: { colour: 'oat' } }
    expect(compareVariants([colour], [stray, kept])).toEqual({ missing: [{ colour: 'ink' }], stray: [stray] })
  })
})

describe('suggestSku', () => {
  it('follows the style of the house', () => {
    expect(suggestSku('Tarn Mug', [colour], { colour: 'oat' }, new Set())).toBe('SK-TARMUG-OAT')
    expect(suggestSku('Nest Bowl', [size], { size: 'S, 14 cm' }, new Set())).toBe('SK-NESBOW-S')
    expect(suggestSku('Café plate', [size], { size: 'Dinner 27' }, new Set())).toBe('SK-CAFPLA-DIN27')
  })
  it('is never one that is taken', () => {
    const taken = new Set(['SK-TARMUG-OAT', 'SK-TARMUG-OAT-2'])
    expect(suggestSku('Tarn Mug', [colour], { colour: 'oat' }, taken)).toBe('SK-TARMUG-OAT-3')
  })
  it('is valid for any name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        const sku = suggestSku(name, [{ code: 'size', values: [value] }], { size: value }, new Set())
        expect(sku).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
        expect(sku.length).toBeLessThanOrEqual(64)
      }),
    )
  })
})
