import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publicKeySet, tokenVerifier } from './access-token.ts'
import { appCookies, appSessions } from './app-session.ts'

const person = {
  sub: '01930000-0000-7000-8000-000000000001',
  sid: '01930000-0000-7000-8000-000000000002',
  email: 'ada@example.test',
  name: 'Ada',
  roles: ['staff' as const],
}
const sessionSeconds = 3600
const accessSeconds = 600

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: 'one' }
}

let jwk: JWK
beforeAll(async () => {
  jwk = await newKey()
})

/** The app some time after now, as far as its own clock goes. */
const later = (seconds: number) =>
  appSessions({ jwk, sessionSeconds, accessSeconds, now: () => new Date(Date.now() + seconds * 1000) })
const nowSeconds = () => Math.floor(Date.now() / 1000)

describe('the session of an app', () => {
  it('gives back from its cookie who signed in', async () => {
    const sessions = later(0)
    expect(await sessions.decode(await sessions.encode({ ...person, picture: null }))).toMatchObject(person)
  })

  it('ends when it would have ended, however often its cookie is written again', async () => {
    const first = await later(0).decode(await later(0).encode(person))
    const again = await later(1800).encode(first)
    const claims = await later(1800).decode(again)
    expect(claims?.exp).toBeGreaterThanOrEqual((first?.exp ?? 0) - 1)
    expect(claims?.exp).toBeLessThanOrEqual((first?.exp ?? 0) + 1)
  })

  it('hands out access tokens that the gateway accepts and that end with the session at the latest', async () => {
    const fresh = await later(0).decode(await later(0).encode(person))
    const early = await later(0).accessOf(fresh)
    expect(early.identity).toMatchObject(person)
    expect(await tokenVerifier('access', publicKeySet(jwk))(early.accessToken)).toMatchObject(person)
    expect(early.accessTokenExpiresAt - nowSeconds()).toBeGreaterThan(accessSeconds - 5)
    const late = await later(sessionSeconds - 60).accessOf(fresh)
    expect(late.accessTokenExpiresAt).toBeLessThanOrEqual((fresh?.exp ?? 0) + 1)
    await expect(tokenVerifier('access', publicKeySet(jwk))(late.accessToken)).resolves.toMatchObject({
      exp: late.accessTokenExpiresAt,
    })
  })

  it('is nobody’s for a cookie that is missing, torn, of another key, or an access token', async () => {
    const sessions = later(0)
    const stranger = appSessions({ jwk: await newKey(), sessionSeconds, accessSeconds })
    const cookie = await sessions.encode(person)
    for (const bad of [
      undefined,
      '',
      'x.y.z',
      cookie.slice(0, -3),
      await stranger.encode(person),
      (await sessions.accessOf(person)).accessToken,
    ])
      expect(await sessions.decode(bad)).toBeNull()
    expect(await tokenVerifier('access', publicKeySet(jwk))(cookie).catch(() => 'refused')).toBe('refused')
  })

  it('ends without a token for the gateway when the cookie does not say whose it was', async () => {
    expect(await later(0).findAccessToken({ sub: person.sub })).toBeUndefined()
    expect(await later(0).findAccessToken(person)).toEqual(expect.any(String))
  })

  it('says what is wrong with its key when it is first used, and not before', async () => {
    const { d: _private, ...publicOnly } = jwk
    const sessions = appSessions({ jwk: publicOnly, sessionSeconds, accessSeconds })
    await expect(sessions.encode(person)).rejects.toThrow('private JWK')
  })
})

describe('the cookies of an app', () => {
  it('are called after it, out of reach of scripts, and bound to the site by https', () => {
    expect(appCookies('souk-web', false).sessionToken).toMatchObject({
      name: 'souk-web.session-token',
      options: { httpOnly: true, sameSite: 'lax', secure: false },
    })
    const secure = appCookies('souk-admin', true)
    expect([secure.sessionToken.name, secure.callbackUrl.name, secure.csrfToken.name]).toEqual([
      '__Secure-souk-admin.session-token',
      '__Secure-souk-admin.callback-url',
      '__Host-souk-admin.csrf-token',
    ])
    expect(secure.sessionToken.options.secure).toBe(true)
  })
})
