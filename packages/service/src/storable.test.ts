import { isAppError } from '@souk/kernel/errors'
import { describe, expect, it } from 'vitest'
import { assertStorable } from './storable.ts'

function pathRefused(input: unknown): string | undefined {
  try {
    assertStorable(input)
    return undefined
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error
    return error.details.errors?.[0]?.path
  }
}

describe('text that PostgreSQL cannot store', () => {
  it.each([
    [{ name: 'a\u0000b' }, 'name'],
    [{ address: { lines: ['ok', 'half \ud83d'] } }, 'address.lines.1'],
    [{ address: { 'ke\u0000y': 1 } }, 'address'],
    ['\udc00', ''],
  ])('is refused with its path: %j', (input, path) => {
    expect(pathRefused(input)).toBe(path)
  })

  it('is not searched for without end', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(pathRefused(deep)).toBe(Array(32).fill('0').join('.'))
  })

  it.each([[undefined], [null], [7], [{ name: 'Zoë 😀 مرحبا \t\n' }], [[{ a: [true] }]]])(
    'lets %j pass',
    (input) => {
      expect(pathRefused(input)).toBeUndefined()
    },
  )
})
