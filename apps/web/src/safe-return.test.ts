import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeReturn } from './safe-return.ts'

describe('where a visitor is sent after signing in', () => {
  it.each([
    ['/checkout', '/checkout'],
    ['/orders/1?a=b#c', '/orders/1?a=b#c'],
    ['/products?q=a%20b&colour=blue', '/products?q=a%20b&colour=blue'],
    ['/a/../cart', '/cart'],
  ])('keeps the path %s', (value, expected) => {
    expect(safeReturn(value)).toBe(expected)
  })

  it.each([
    'https://evil.test/',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    ' //evil.test',
    'javascript:alert(1)',
    'evil.test',
    '',
    '/.//evil.test',
    '/..//evil.test',
    '/api/auth/signout',
    '/sign-in?callbackUrl=/sign-in',
    '/%0d%0a/../..//evil.test',
  ])('refuses %j', (value) => {
    expect(safeReturn(value, '/account')).toBe('/account')
  })

  it('never leaves the shop, whatever it is given', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      'evil.test',
      'https:',
      '\t',
      '\n',
      '%2f',
      '?',
      '#',
      'a',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((list) => list.join('')),
        ),
        (value) => {
          const result = safeReturn(value)
          expect(new URL(result, 'https://shop.test').origin).toBe('https://shop.test')
          expect(result).toMatch(/^\/(?![/\\])/)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('takes nothing but one text', () => {
    expect(safeReturn(undefined)).toBe('/')
    expect(safeReturn(['/cart', '//evil.test'])).toBe('/')
    expect(safeReturn(`/${'a'.repeat(3000)}`)).toBe('/')
  })
})
