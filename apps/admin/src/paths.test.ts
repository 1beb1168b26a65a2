import { describe, expect, it } from 'vitest'
import { localPath, paths } from './paths.ts'

describe('paths', () => {
  it('leaves out what is not asked for', () => {
    expect(paths.orders()).toBe('/orders')
    expect(paths.orders({ status: 'confirmed', q: '' })).toBe('/orders?status=confirmed')
    expect(paths.signIn('/')).toBe('/sign-in')
    expect(paths.signIn('/orders?status=shipped')).toBe('/sign-in?next=%2Forders%3Fstatus%3Dshipped')
  })
})

describe('localPath', () => {
  it('keeps a path of this app with its query', () => {
    expect(localPath('/orders?status=confirmed')).toBe('/orders?status=confirmed')
  })
  it.each([
    undefined,
    null,
    '',
    'orders',
    'https://example.com/',
    '//example.com',
    '/\\example.com',
    '/\t/example.com',
    '/sign-in?next=/orders',
    '/api/auth/signout',
  ])('leads %j to the dashboard instead of elsewhere or in a circle', (text) => {
    expect(localPath(text)).toBe('/')
  })
})
