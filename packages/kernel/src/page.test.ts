import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeCursor, encodeCursor, PageInput } from './page.ts'

const anyKey = fc.array(
  fc.oneof(
    fc.integer(),
    fc
      .string({ unit: 'binary', maxLength: 64 })
      .filter((text) => text.isWellFormed() && !text.includes('\0')),
  ),
  { maxLength: 4 },
)

describe('a cursor', () => {
  it('gives back the key it was made of, in any script, and is fit for a URL', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const cursor = encodeCursor(key)
        expect(cursor).toMatch(/^[A-Za-z0-9_-]*$/)
        expect(decodeCursor(cursor)).toEqual(key)
      }),
    )
    expect(decodeCursor(encodeCursor(['ü€😀', 7]))).toEqual(['ü€😀', 7])
  })

  it('made by hand is nothing, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const key = decodeCursor(text)
        expect(key === undefined || Array.isArray(key)).toBe(true)
      }),
    )
    const byHand = (json: string) => btoa(json)
    for (const cursor of [
      '',
      '!',
      byHand('{}'),
      byHand('7'),
      byHand('null'),
      byHand('[null]'),
      byHand('[[1]]'),
      byHand('[{"a":1}]'),
      byHand('[true]'),
      byHand('["\\u0000"]'),
      byHand('["\\ud800"]'),
      byHand('["\xff"]'),
      byHand('[1'),
    ]) {
      expect(decodeCursor(cursor), cursor).toBeUndefined()
    }
  })
})

describe('a page', () => {
  const Input = z.strictObject(PageInput)

  it('has 24 items unless asked otherwise, and between 1 and 100', () => {
    expect(Input.parse({})).toEqual({ limit: 24 })
    expect(Input.parse({ limit: 100 })).toEqual({ limit: 100 })
    for (const limit of [0, -1, 101, 1.5, Number.NaN, Infinity, '24', null]) {
      expect(Input.safeParse({ limit }).success, String(limit)).toBe(false)
    }
  })
})
