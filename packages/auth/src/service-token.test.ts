import type { Principal } from '@souk/kernel/principal'
import { decodeJwt, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { serviceTokenMinter, serviceTokenVerifier } from './service-token.ts'

const secret = 'a-secret-for-tests-only-0123456789abcdef'
const person: Principal = {
  kind: 'user',
  userId: 'u',
  sessionId: 's',
  roles: ['staff'],
  email: 'ada@example.test',
}
const mint = serviceTokenMinter('gateway', secret)
const verify = serviceTokenVerifier('order', secret)

/** A token that is right but for what the test changes. */
async function forged(change: {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  secret?: string
}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return await new SignJWT({
    iss: 'gateway',
    aud: 'order',
    iat: now,
    exp: now + 60,
    act: person,
    ...change.claims,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'souk-service+jwt', ...change.header })
    .sign(new TextEncoder().encode(change.secret ?? secret))
}

describe('a service token', () => {
  it.each<Principal>([person, { kind: 'anonymous' }, { kind: 'service', name: 'order' }])(
    'says who calls and for whom: %j',
    async (actor) => {
      expect(await verify(await mint('order', actor))).toMatchObject({ caller: 'gateway', actor })
    },
  )

  it('is right when forged without a change, so that the refusals below have one cause each', async () => {
    expect(await verify(await forged({}))).toMatchObject({ caller: 'gateway', actor: person })
  })

  it('lives for a minute, and is used again for half of it', async () => {
    let now = Date.now()
    const clocked = serviceTokenMinter('gateway', secret, () => now)
    const first = await clocked('order', person)
    const { iat = 0, exp = 0 } = decodeJwt(first)
    expect(exp - iat).toBe(60)
    now += 29_000
    expect(await clocked('order', person)).toBe(first)
    now += 2000
    expect(await clocked('order', person)).not.toBe(first)
    expect(await clocked('payment', person)).not.toBe(await clocked('order', person))
    expect(await clocked('order', { ...person, roles: ['owner'] })).not.toBe(await clocked('order', person))
  })

  it('is refused once it is over, although it was accepted before', async () => {
    let now = Date.now()
    const clocked = serviceTokenVerifier('order', secret, () => now)
    const token = await serviceTokenMinter('gateway', secret, () => now)('order', person)
    await clocked(token)
    now += 59_000
    await clocked(token)
    now += 32_000
    await expect(clocked(token)).rejects.toThrow()
  })

  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset
  it.each<[string, Parameters<typeof forged>[0]]>([
    ['signed with another secret', { secret: 'another-secret-for-tests-0123456789abcdef' }],
    ['for another service', { claims: { aud: 'payment' } }],
    ['for several services of which we are none', { claims: { aud: ['payment', 'product'] } }],
    ['without an audience', { claims: { aud: undefined } }],
    ['without a caller', { claims: { iss: undefined } }],
    ['without an end', { claims: { exp: undefined } }],
    ['that is over', { claims: { exp: seconds(-31) } }],
    ['of another type', { header: { typ: 'at+jwt' } }],
    ['without a type', { header: { typ: undefined } }],
    ['of another algorithm', { header: { alg: 'HS512' } }],
    ['without an actor', { claims: { act: undefined } }],
    ['with an actor of a kind that is none', { claims: { act: { kind: 'god' } } }],
    ['with a person who has a role that is none', { claims: { act: { ...person, roles: ['god'] } } }],
    ['with a person who has no id', { claims: { act: { kind: 'user', roles: [] } } }],
  ])('%s is refused', async (_name, change) => {
    await expect(verify(await forged(change))).rejects.toThrow()
  })

  it.each(['', 'x', 'a.b.c', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`])(
    '%j is refused',
    async (token) => {
      await expect(verify(token)).rejects.toThrow()
    },
  )
})
