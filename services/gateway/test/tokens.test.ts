import { createHmac } from 'node:crypto'
import { signToken } from '@souk/auth/access-token'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { sendSignal } from '@souk/events/signals'
import { newId } from '@souk/kernel/id'
import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'
import { testSecret } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityOf, makeKeys, startTestGateway, type TestGateway } from './harness.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())

const me = async (token: string) => (await gateway.ask('/api/v1/me', { token })).status
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

type Header = { alg: string; kid?: string; typ?: string; jwk?: object }
function claimsOf(over: Record<string, unknown> = {}): Record<string, unknown> {
  const { sub, ...identity } = identityOf({ roles: ['owner'] })
  const now = Math.floor(Date.now() / 1000)
  return { ...identity, sub, iss: 'souk', aud: 'souk', iat: now, exp: now + 600, jti: 'x', ...over }
}
async function signed(header: Header, claims: Record<string, unknown>): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader(header).sign(gateway.signing.key)
}
const good: Header = { alg: 'ES256', kid: 'test-key', typ: 'at+jwt' }

describe('a token', () => {
  it('that is right is accepted', async () => {
    expect(await me(await signed(good, claimsOf()))).toBe(200)
  })

  it.each([
    ['of another issuer', good, { iss: 'elsewhere' }],
    ['for another audience', good, { aud: 'souk-apps' }],
    ['that has expired', good, { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['without an end', good, { exp: undefined }],
    ['without a session', good, { sid: undefined }],
    ['without an id', good, { jti: undefined }],
    ['with a role nobody has', good, { roles: ['root'] }],
    ['without a key id', { alg: 'ES256', typ: 'at+jwt' }, {}],
    ['with an unknown key id', { ...good, kid: '../../etc/passwd' }, {}],
    ['with a key id of 10 kB', { ...good, kid: 'k'.repeat(10_000) }, {}],
    ['of the wrong type', { ...good, typ: 'JWT' }, {}],
    ['of an app’s own session', { ...good, typ: 'souk-session+jwt' }, { aud: 'souk-apps' }],
  ] as [string, Header, Record<string, unknown>][])('%s is refused', async (_what, header, over) => {
    expect(await me(await signed(header, claimsOf(over)))).toBe(401)
  })

  it('signed with another key is refused, even when it brings that key along', async () => {
    const other = await makeKeys()
    const token = await signToken('access', identityOf({ roles: ['owner'] }), other.signing, {
      lifetimeSeconds: 600,
      now: new Date(),
    })
    expect(await me(token)).toBe(401)
    const embedded = await new SignJWT(claimsOf())
      .setProtectedHeader({ ...good, jwk: other.publicJwk })
      .sign(other.signing.key)
    expect(await me(embedded)).toBe(401)
  })

  it('without a signature is refused', async () => {
    expect(await me(`${encode({ ...good, alg: 'none' })}.${encode(claimsOf())}.`)).toBe(401)
    expect(await me(`${encode({ ...good, alg: 'none' })}.${encode(claimsOf())}.x`)).toBe(401)
  })

  it('signed with our public key as a secret is refused', async () => {
    const head = `${encode({ ...good, alg: 'HS256' })}.${encode(claimsOf())}`
    const signature = createHmac('sha256', JSON.stringify(gateway.publicJwk)).update(head).digest('base64url')
    expect(await me(`${head}.${signature}`)).toBe(401)
  })

  it('of a service is refused at the edge', async () => {
    const mint = serviceTokenMinter('order', testSecret)
    expect(await me(await mint('gateway', { kind: 'service', name: 'order' }))).toBe(401)
  })

  it('changed by one byte is refused', async () => {
    const token = await gateway.tokenFor({ roles: ['customer'] })
    const [head = '', body = '', signature = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    expect(await me([head, encode({ ...claims, roles: ['owner'] }), signature].join('.'))).toBe(401)
    expect(await me(`${token.slice(0, -2)}AA`)).toBe(401)
  })

  it.each(['Basic YTpi', 'Bearer', 'Bearer x', 'Bearer a.b', 'Token abc', 'Bearer a.b.c d'])(
    'is not %s',
    async (authorization) => {
      const answer = await gateway.ask('/api/v1/me', { headers: { authorization } })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(answer.json).toMatchObject({ code: 'unauthenticated' })
      // Refused where a guest would be let in, too: a token that fails is never taken for none.
      expect((await gateway.ask(`/api/v1/orders/${newId()}`, { headers: { authorization } })).status).toBe(
        401,
      )
      expect((await gateway.ask('/trpc/cart.get?input={}', { headers: { authorization } })).status).toBe(401)
    },
  )

  it('that passed once is refused when its time is over', async () => {
    // 30 s of tolerance: one second left of it.
    const token = await signed(good, claimsOf({ exp: Math.floor(Date.now() / 1000) - 28 }))
    expect(await me(token)).toBe(200)
    await until('the token is refused', async () => (await me(token)) === 401, 5000)
  })
})

describe('when keys are rotated', () => {
  it('tokens of the old and the new key are accepted, and of no third', async () => {
    const [old, fresh, other] = [await makeKeys('old'), await makeKeys('fresh'), await makeKeys('other')]
    const rotating = await startTestGateway({
      env: { AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [old.publicJwk, fresh.publicJwk] }) },
    })
    const statuses = []
    for (const { signing } of [old, fresh, other]) {
      const token = await signToken('access', identityOf({ roles: ['customer'] }), signing, {
        lifetimeSeconds: 60,
        now: new Date(),
      })
      statuses.push((await rotating.ask('/api/v1/me', { token })).status)
    }
    expect(statuses).toEqual([200, 200, 401])
    // The right key under another's name does not open anything either.
    const misnamed = await signToken(
      'access',
      identityOf({ roles: ['customer'] }),
      { ...old.signing, kid: 'fresh' },
      { lifetimeSeconds: 60, now: new Date() },
    )
    expect((await rotating.ask('/api/v1/me', { token: misnamed })).status).toBe(401)
    await rotating.stop()
  })
})

describe('a session that was ended', () => {
  it('is refused as soon as the signal arrives', async () => {
    const sid = newId()
    const token = await gateway.tokenFor({ sid, roles: ['customer'] })
    expect(await me(token)).toBe(200)
    const redis = openRedis(gateway.redisUrl, createLog({ service: 'test', instance: '0', level: 'silent' }))
    await redis.connect()
    await sendSignal(redis, 'session.revoked', { sessionIds: [sid] })
    await until('the token is refused', async () => (await me(token)) === 401, 2500)
    redis.destroy()
    expect(await me(await gateway.tokenFor({ sid: newId(), roles: ['customer'] }))).toBe(200)
  })

  it('is known at once by a gateway that starts later', async () => {
    const sid = newId()
    gateway.neighbours.identity.answer({ 'auth.revokedSessions': () => ({ sessionIds: [sid] }) })
    // The list comes from identity itself, in the gateway's own name.
    expect(gateway.neighbours.identity.callsTo('auth.revokedSessions')[0]?.actor).toEqual({
      kind: 'service',
      name: 'gateway',
    })
    const later = await startTestGateway({
      env: {
        IDENTITY_URL: gateway.neighbours.identity.url,
        AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [gateway.publicJwk] }),
      },
    })
    const token = await gateway.tokenFor({ sid, roles: ['staff'] })
    await until('the token is refused', async () => (await later.ask('/api/v1/me', { token })).status === 401)
    await later.stop()
  })
})

describe('while identity cannot be asked which sessions are over', () => {
  it('staff wait and customers go on', async () => {
    const lonely = await startTestGateway({
      isWhole: false,
      env: {
        IDENTITY_URL: 'http://127.0.0.1:9',
        AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [gateway.publicJwk] }),
      },
    })
    const staff = await lonely.ask('/api/v1/payments', {
      token: await gateway.tokenFor({ roles: ['staff'] }),
    })
    expect(staff.status).toBe(503)
    expect(staff.headers.get('retry-after')).toBe('5')
    const customer = await lonely.ask('/api/v1/orders', {
      token: await gateway.tokenFor({ roles: ['customer'] }),
    })
    expect(customer.status).toBe(200)
    await lonely.stop()
  })
})
