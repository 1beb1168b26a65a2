import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'one' }
const given = {
  PORT: '4000',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SERVICE_TOKEN_SECRET: 's'.repeat(32),
  AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [key] }),
  WEB_URL: 'http://localhost:3000/',
  ADMIN_URL: 'http://localhost:3001',
}

describe('the environment', () => {
  it('is complete with the defaults', () => {
    expect(readEnv(given)).toMatchObject({
      WEB_URL: 'http://localhost:3000',
      RATE_LIMIT_ORDERS_PER_MINUTE: 600,
      AUTH_PUBLIC_JWKS: { keys: [key] },
      PRODUCT_URL: 'http://127.0.0.1:4001',
    })
  })

  it('refuses to publish the private half of a key', () => {
    const keys = JSON.stringify({ keys: [{ ...key, d: 'the-private-half' }] })
    expect(() => readEnv({ ...given, AUTH_PUBLIC_JWKS: keys })).toThrow(/AUTH_PUBLIC_JWKS/)
    expect(() => readEnv({ ...given, AUTH_PUBLIC_JWKS: keys })).not.toThrow(/the-private-half/)
  })

  it.each([
    ['AUTH_PUBLIC_JWKS', 'no json'],
    ['AUTH_PUBLIC_JWKS', '{"keys":[]}'],
    ['WEB_URL', 'ftp://shop'],
    ['RATE_LIMIT_ORDERS_PER_MINUTE', '0'],
    ['MAX_IN_FLIGHT', 'many'],
    ['SERVICE_TOKEN_SECRET', 'short'],
  ])('names %s when it is wrong', (name, value) => {
    expect(() => readEnv({ ...given, [name]: value })).toThrow(name)
  })
})
