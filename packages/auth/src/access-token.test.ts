import { createHmac } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  publicKeySet,
  readSigningKey,
  type SigningKey,
  signToken,
  type TokenUse,
  type TokenVerifier,
  tokenVerifier,
} from './access-token.ts'

const identity = {
  sub: '01930000-0000-7000-8000-000000000001',
  sid: '01930000-0000-7000-8000-000000000002',
  email: 'ada@example.test',
  name: 'Ada',
  roles: ['customer' as const],
}
const lifetimeSeconds = 600

async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid }
}

let ours: JWK
let signing: SigningKey
let verify: TokenVerifier
beforeAll(async () => {
  ours = await newKey('one')
  signing = await readSigningKey(ours)
  verify = tokenVerifier('access', publicKeySet(ours))
})

const sign = async (use: TokenUse = 'access', now = new Date(), key = signing) =>
  await signToken(use, identity, key, { lifetimeSeconds, now })

/** A token that is right but for what the test changes. */
async function forged(change: {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  key?: JWK
}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    ...identity,
    iss: 'souk',
    aud: 'souk',
    jti: 'x',
    iat: now,
    exp: now + lifetimeSeconds,
    ...change.claims,
  }
  const header = { alg: 'ES256', kid: 'one', typ: 'at+jwt', ...change.header }
  return await new SignJWT(claims)
    .setProtectedHeader(header)
    .sign(await importJWK(change.key ?? ours, header.alg))
}

/** Header and claims as they would be, signed by hand in a way that a library would refuse to. */
function byHand(header: Record<string, unknown>, signature: (input: string) => string): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { ...identity, iss: 'souk', aud: 'souk', jti: 'x', iat: now, exp: now + lifetimeSeconds }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${encode({ kid: 'one', typ: 'at+jwt', ...header })}.${encode(claims)}`
  return `${input}.${signature(input)}`
}

describe('a token of ours', () => {
  it('says who it is, until it ends', async () => {
    expect(await verify(await sign())).toMatchObject(identity)
    const almostOver = new Date(Date.now() - (lifetimeSeconds - 5) * 1000)
    expect(await verify(await sign('access', almostOver))).toMatchObject(identity)
  })

  it('is right when forged without a change, so that the refusals below have one cause each', async () => {
    expect(await verify(await forged({}))).toMatchObject(identity)
  })

  it('is still accepted when a newer key signs, as long as the older one is published', async () => {
    const newer = await newKey('two')
    const both = { keys: [...publicKeySet(newer).keys, ...publicKeySet(ours).keys] }
    const verifyBoth = tokenVerifier('access', both)
    expect(await verifyBoth(await sign())).toMatchObject(identity)
    expect(await verifyBoth(await sign('access', new Date(), await readSigningKey(newer)))).toMatchObject(
      identity,
    )
    await expect(tokenVerifier('access', publicKeySet(newer))(await sign())).rejects.toThrow()
  })

  it('shows nothing of the private key when it is published', () => {
    for (const key of publicKeySet(ours).keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    }
  })
})

describe('a token is refused', () => {
  const over = -lifetimeSeconds
  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset
  it.each<[string, () => Promise<string> | string]>([
    ['that another key signed', async () => await forged({ key: await newKey('one') })],
    ['of a key nobody knows', async () => await forged({ header: { kid: 'two' } })],
    [
      'without a kid, although there is one key only',
      async () => await forged({ header: { kid: undefined } }),
    ],
    ['with a kid that is a path', async () => await forged({ header: { kid: '../../etc/passwd' } })],
    ['with a kid that is SQL', async () => await forged({ header: { kid: "x' or '1'='1" } })],
    ['with a kid of 10 kB', async () => await forged({ header: { kid: 'x'.repeat(10_000) } })],
    ['with a kid that is no text', async () => await forged({ header: { kid: 1 } })],
    ['that is over', async () => await forged({ claims: { exp: seconds(-31), iat: seconds(over) } })],
    ['that never ends', async () => await forged({ claims: { exp: undefined } })],
    ['that is not valid yet', async () => await forged({ claims: { nbf: seconds(60) } })],
    ['for another audience', async () => await forged({ claims: { aud: 'souk-apps' } })],
    ['without an audience', async () => await forged({ claims: { aud: undefined } })],
    ['of another issuer', async () => await forged({ claims: { iss: 'bazaar' } })],
    ['without an issuer', async () => await forged({ claims: { iss: undefined } })],
    ['of another type', async () => await forged({ header: { typ: 'JWT' } })],
    ['without a type', async () => await forged({ header: { typ: undefined } })],
    ['without a subject', async () => await forged({ claims: { sub: undefined } })],
    ['without a session', async () => await forged({ claims: { sid: undefined } })],
    ['without an id of its own', async () => await forged({ claims: { jti: undefined } })],
    ['with a role nobody has', async () => await forged({ claims: { roles: ['god'] } })],
    ['with roles that are no list', async () => await forged({ claims: { roles: 'owner' } })],
    ['that an app keeps in its cookie', async () => await sign('session')],
    ['signed with nothing', () => byHand({ alg: 'none' }, () => '')],
    ['signed with nothing, in capitals', () => byHand({ alg: 'NONE' }, () => '')],
    [
      'signed with our public key as if it were a secret',
      () => {
        const secret = JSON.stringify(publicKeySet(ours).keys[0])
        return byHand({ alg: 'HS256' }, (input) =>
          createHmac('sha256', secret).update(input).digest('base64url'),
        )
      },
    ],
    [
      'signed by a key that it brings along',
      async () => {
        const own = await newKey('one')
        return await forged({ key: own, header: { jwk: publicKeySet(own).keys[0] } })
      },
    ],
    [
      'that names where its key is',
      async () => await forged({ key: await newKey('one'), header: { jku: 'https://evil.test' } }),
    ],
    ['that is empty', () => ''],
    ['that is no token', () => 'a.b.c'],
    ['that is too short', async () => (await sign()).split('.').slice(0, 2).join('.')],
    ['with one letter of its claims changed', async () => changed(await sign(), 1)],
    ['with one letter of its signature changed', async () => changed(await sign(), 2)],
  ])('%s', async (_name, token) => {
    await expect(verify(await token())).rejects.toThrow()
  })

  it('by an app, when the gateway would take it', async () => {
    const verifySession = tokenVerifier('session', publicKeySet(ours))
    expect(await verifySession(await sign('session'))).toMatchObject(identity)
    await expect(verifySession(await sign('access'))).rejects.toThrow()
  })
})

describe('a signing key', () => {
  it('is a private ES256 key with a name', async () => {
    const { d: _private, ...publicHalf } = ours
    for (const wrong of [
      publicHalf,
      { ...ours, kid: undefined },
      { ...ours, kid: '' },
      { kty: 'oct', k: 'c2VjcmV0', d: 'x', kid: 'one' },
      { ...ours, crv: 'P-384' },
    ]) {
      await expect(readSigningKey(wrong)).rejects.toThrow()
    }
  })
})

/** Another letter in the middle of one of the three parts. */
function changed(token: string, part: number): string {
  const parts = token.split('.')
  const text = parts[part] ?? ''
  const at = Math.floor(text.length / 2)
  parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
  return parts.join('.')
}
