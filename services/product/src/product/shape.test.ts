import { isAppError } from '@souk/kernel/errors'
import { describe, expect, it } from 'vitest'
import type { Colour, VariantInput } from '../contract.ts'
import { colourSlugsOf, type Known, shapeVariants } from './shape.ts'

const oat: Colour = { slug: 'oat', name: 'Oat', family: 'white', hex: '#ddd0b8' }
const nothingKnown: Known = { options: [], colours: [], palette: new Map(), variants: [] }
const withPalette: Known = { ...nothingKnown, palette: new Map([['oat', oat]]) }

function shape(given: VariantInput[], known: Known = nothingKnown) {
  const ids = ['new-1', 'new-2', 'new-3']
  return shapeVariants(given, known, () => ids.shift() ?? 'none')
}

function refusedPath(given: VariantInput[]): string | undefined {
  try {
    shape(given)
    return undefined
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error
    return error.details.errors?.[0]?.path
  }
}

describe('variants with names', () => {
  it('get codes and keep the names that people see', () => {
    const shaped = shape([
      { sku: 'A-1', options: { colour: 'Sky Blue', size: 'L' } },
      { sku: 'A-2', options: { colour: 'sky-blue', size: 'Extra large' } },
    ])
    expect(shaped.options).toEqual([
      { code: 'colour', name: 'Colour', values: [{ code: 'sky-blue', name: 'Sky Blue' }] },
      {
        code: 'size',
        name: 'Size',
        values: [
          { code: 'l', name: 'L' },
          { code: 'extra-large', name: 'Extra large' },
        ],
      },
    ])
    expect(shaped.variants.map(({ options, optionsLabel }) => ({ options, optionsLabel }))).toEqual([
      { options: { colour: 'sky-blue', size: 'l' }, optionsLabel: 'Sky Blue / L' },
      { options: { colour: 'sky-blue', size: 'extra-large' }, optionsLabel: 'Sky Blue / Extra large' },
    ])
  })

  it('take what the palette knows of a colour, and grey for one it does not', () => {
    const given = [
      { sku: 'A-1', options: { colour: 'oat' } },
      { sku: 'A-2', options: { colour: 'Dusk' } },
    ]
    expect(colourSlugsOf(given)).toEqual(['oat', 'dusk'])
    expect(shape(given, withPalette).colours).toEqual([
      oat,
      { slug: 'dusk', name: 'Dusk', family: 'grey', hex: '#8c8984' },
    ])
  })

  it('prefer a colour that the request describes', () => {
    const dusk: Colour = { slug: 'evening', name: 'Dusk', family: 'Purple', hex: '#4A3B5C' }
    const shaped = shape([{ sku: 'A-1', options: { colour: 'dusk' } }], { ...nothingKnown, colours: [dusk] })
    expect(shaped.variants[0]?.options).toEqual({ colour: 'evening' })
    expect(shaped.colours).toEqual([{ ...dusk, family: 'purple', hex: '#4a3b5c' }])
  })
})

describe('variants of a product that exists', () => {
  const known: Known = {
    ...nothingKnown,
    options: [{ code: 'size', name: 'Format', values: [{ code: 'side-21', name: 'Side, 21 cm' }] }],
    variants: [{ id: 'old', sku: 'A-1', barcode: '20000001', ownWeightGrams: 240 }],
  }

  it('are the same when their SKU is, and keep id, spelling, barcode and stock', () => {
    const { variants } = shape(
      [
        { sku: 'a-1', options: { size: 'side-21' }, stock: 9 },
        { sku: 'A-2', options: { size: 'Dinner' }, stock: 4 },
      ],
      known,
    )
    expect(variants[0]).toMatchObject({ id: 'old', sku: 'A-1', barcode: '20000001', initialStock: null })
    expect(variants[1]).toMatchObject({ id: 'new-1', sku: 'A-2', barcode: null, initialStock: 4 })
  })

  it('keep the names of options and values, given as code or as name', () => {
    for (const text of ['side-21', 'Side, 21 cm', 'SIDE, 21 CM']) {
      const { options, variants } = shape([{ sku: 'A-1', options: { size: text } }], known)
      expect(options).toEqual(known.options)
      expect(variants[0]?.optionsLabel).toBe('Side, 21 cm')
    }
  })
})

describe('variants that cannot be told apart', () => {
  it.each<[string, VariantInput[], string]>([
    [
      'the same SKU in another case',
      [
        { sku: 'A-1', options: { size: 's' } },
        { sku: 'a-1', options: { size: 'm' } },
      ],
      'variants.1.sku',
    ],
    [
      'the same options, once as name and once as code',
      [
        { sku: 'A-1', options: { colour: 'Sky Blue' } },
        { sku: 'A-2', options: { colour: 'sky-blue' } },
      ],
      'variants.1.options',
    ],
    [
      'two without any option',
      [
        { sku: 'A-1', options: {} },
        { sku: 'A-2', options: {} },
      ],
      'variants.1.options',
    ],
    [
      'an option that only one has',
      [
        { sku: 'A-1', options: { colour: 'Oat' } },
        { sku: 'A-2', options: { colour: 'Rust', size: 'l' } },
      ],
      'variants.0.options.size',
    ],
  ])('are refused by path: %s', (_what, given, path) => {
    expect(refusedPath(given)).toBe(path)
  })
})

it('a product without a colour option has the colours it was said to have', () => {
  const shaped = shape([{ sku: 'A-1', options: {} }], { ...nothingKnown, colours: [oat] })
  expect(shaped.colours).toEqual([oat])
  expect(shaped.variants[0]).toMatchObject({ options: {}, optionsLabel: '' })
})

it('a colour that no variant comes in any more is gone', () => {
  const shaped = shape([{ sku: 'A-1', options: { colour: 'Rust' } }], { ...withPalette, colours: [oat] })
  expect(shaped.colours.map((colour) => colour.slug)).toEqual(['rust'])
})
