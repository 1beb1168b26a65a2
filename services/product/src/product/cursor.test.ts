import { isAppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { encodeCursor } from '@souk/kernel/page'
import { describe, expect, it } from 'vitest'
import { cursorAt, orderOf, readCursor } from './cursor.ts'

const position = { key: -1900, id: newId() }

function isRefused(cursor: string, order: string): boolean {
  try {
    readCursor(cursor, order)
    return false
  } catch (error) {
    return isAppError(error, 'INVALID_INPUT') && error.details.errors?.[0]?.path === 'cursor'
  }
}

describe('a cursor', () => {
  it('gives back the place it was made for', () => {
    expect(readCursor(cursorAt('price_asc', position), 'price_asc')).toEqual(position)
  })

  it('of another sort or of another text is refused', () => {
    expect(isRefused(cursorAt('price_asc', position), 'price_desc')).toBe(true)
    const mug = cursorAt(orderOf('relevance', 'mug'), position)
    expect(isRefused(mug, orderOf('relevance', 'vase'))).toBe(true)
    expect(isRefused(mug, orderOf('relevance', ''))).toBe(true)
    expect(isRefused(mug, orderOf('relevance', 'mug'))).toBe(false)
  })

  it.each([
    ['', 'nothing'],
    ['not-a-cursor', 'garbage'],
    [encodeCursor(['newest']), 'too short'],
    [encodeCursor(['newest', 1, position.id, 1]), 'too long'],
    [encodeCursor(['newest', '1', position.id]), 'a key that is text'],
    [encodeCursor(['newest', 1.5, position.id]), 'a key that is no whole number'],
    [encodeCursor(['newest', 2 ** 60, position.id]), 'a key out of range'],
    [encodeCursor(['newest', 1, "x' or true"]), 'an id that is none'],
  ])('%j is refused: %s', (cursor) => {
    expect(isRefused(cursor, 'newest')).toBe(true)
  })
})
