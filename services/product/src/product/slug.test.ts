import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Slug } from '../contract.ts'
import { codeFor, displayName, freeSlug, slugify } from './slug.ts'

describe('a slug', () => {
  it.each([
    ['Tarn Mug', 'tarn-mug'],
    ['  Crème & Sugar, 21 cm ', 'creme-sugar-21-cm'],
    ['Potter’s Wheel', 'potters-wheel'],
    ['Straße Øst Łódź', 'strasse-ost-lodz'],
    ['--__--', ''],
    ['陶器', ''],
  ])('of %j is %j', (text, slug) => {
    expect(slugify(text)).toBe(slug)
  })

  it('passes the contract or is empty, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const slug = slugify(text)
        expect(slug === '' || Slug.safeParse(slug).success).toBe(true)
      }),
    )
  })

  it('is the same when it is made of itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        expect(slugify(slugify(text))).toBe(slugify(text))
      }),
    )
  })

  it('gets the first free number when it is taken, within 80 characters', () => {
    expect(freeSlug('mug', new Set(['mug-2']))).toBe('mug')
    expect(freeSlug('mug', new Set(['mug', 'mug-2']))).toBe('mug-3')
    const long = 'a'.repeat(80)
    const numbered = freeSlug(long, new Set([long]))
    expect(numbered).toBe(`${'a'.repeat(78)}-2`)
  })
})

describe('the code of an option value', () => {
  it('exists for a text in any script, and differs between texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        expect(Slug.safeParse(codeFor(text)).success).toBe(true)
      }),
    )
    expect(codeFor('陶器')).not.toBe(codeFor('磁器'))
  })
})

describe('a name made of a code', () => {
  it.each([
    ['sky-blue', 'Sky blue'],
    ['xl', 'XL'],
    ['m', 'M'],
    ['2xl', '2XL'],
    ['45', '45'],
    ['Dinner, 27 cm', 'Dinner, 27 cm'],
  ])('%j reads %j', (code, name) => {
    expect(displayName(code)).toBe(name)
  })
})
