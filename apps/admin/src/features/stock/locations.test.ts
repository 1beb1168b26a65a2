import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from './location-dialog.tsx'
import { moved } from './locations-page.tsx'

describe('the order of locations', () => {
  it.each([
    ['b', -1, ['b', 'a', 'c']],
    ['b', 1, ['a', 'c', 'b']],
    ['a', 1, ['b', 'a', 'c']],
    ['c', -1, ['a', 'c', 'b']],
  ] as const)('after %s has moved by %i', (id, step, expected) => {
    expect(moved(['a', 'b', 'c'], id, step)).toEqual(expected)
  })
})

describe('the code of a location', () => {
  it.each([
    ['Back room', 'back-room'],
    ['  Étage 2 ', 'etage-2'],
    ['***', ''],
  ])('of %j is %j', (name, code) => {
    expect(codeOf(name)).toBe(code)
  })

  it('is one that the service takes, or none, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        expect(codeOf(name)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
        expect(codeOf(name).length).toBeLessThanOrEqual(40)
      }),
    )
  })
})
