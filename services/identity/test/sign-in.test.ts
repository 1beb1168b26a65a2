import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_SECONDS } from '../src/contract.ts'
import { goodPassword, type Identity, refusal, startIdentity, verifyAccessToken } from './harness.ts'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

const auditOf = async (subject: string) =>
  await identity.sql('select action, outcome, actor_id from audit_entry where subject = $1 order by id', [
    subject,
  ])

describe('signing in', () => {
  it('gives an access token that says who, in which session and as what', async () => {
    const ada = await identity.newPerson('staff')
    const signedIn = await ada.signIn()
    const claims = await verifyAccessToken(signedIn.accessToken)
    expect(claims).toMatchObject({
      sub: ada.id,
      sid: signedIn.sessionId,
      email: ada.email,
      name: 'Ada Test',
      roles: ['staff'],
    })
    expect(claims.exp - claims.iat).toBe(ACCESS_TOKEN_SECONDS)
    expect(signedIn).toMatchObject({ tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS })
    expect(await auditOf(ada.id)).toEqual([{ action: 'sign_in', outcome: 'ok', actor_id: ada.id }])
  })

  it('opens a session of its own each time', async () => {
    const ada = await identity.newPerson()
    const [first, second] = [await ada.signIn(), await ada.signIn()]
    expect(first.sessionId).not.toBe(second.sessionId)
    expect(first.refreshToken).not.toBe(second.refreshToken)
  })

  it('refuses a wrong password and an unknown e-mail with the same words', async () => {
    const ada = await identity.newPerson()
    const known = await refusal(ada.signIn('not the password'))
    const unknown = await refusal(
      identity.anyone.auth.signIn.mutate({ email: `${randomUUID()}@example.test`, password: goodPassword }),
    )
    expect(known).toEqual(unknown)
    expect(known.code).toBe('UNAUTHENTICATED')
    expect(await auditOf(ada.id)).toEqual([{ action: 'sign_in', outcome: 'refused', actor_id: null }])
    const unknownLines = await auditOf('unknown')
    expect(unknownLines.length).toBeGreaterThan(0)
  })

  it('slows guessing after ten wrong passwords, for a known account as for an unknown one', async () => {
    const ada = await identity.newPerson()
    const stranger = `${randomUUID()}@example.test`
    for (const email of [ada.email, stranger]) {
      const guess = async (password: string) =>
        await refusal(identity.anyone.auth.signIn.mutate({ email, password }))
      for (let attempt = 0; attempt < 10; attempt += 1) {
        expect((await guess(`wrong ${attempt}`)).code).toBe('UNAUTHENTICATED')
      }
      const slowed = await guess(goodPassword)
      expect(slowed).toMatchObject({ code: 'RATE_LIMITED', reason: 'rate_limited' })
      expect(slowed.retryAfterSeconds).toBeGreaterThan(0)
      expect(slowed.retryAfterSeconds).toBeLessThanOrEqual(300)
    }
    const bystander = await identity.newPerson()
    expect((await bystander.signIn()).user.id).toBe(bystander.id)
  })

  it('does not let a burst of guesses slip past the count', async () => {
    const ada = await identity.newPerson()
    const guesses = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => await refusal(ada.signIn(`wrong ${index}`))),
    )
    const looked = guesses.filter(({ code }) => code === 'UNAUTHENTICATED').length
    expect(looked).toBeGreaterThanOrEqual(10)
    // Those that were being hashed when the tenth failed: at most one per core.
    expect(looked).toBeLessThanOrEqual(20)
    expect(guesses.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(40 - looked)
  })

  it('forgets wrong passwords once the right one came', async () => {
    const ada = await identity.newPerson()
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 6; attempt += 1) await refusal(ada.signIn('wrong password'))
      expect((await ada.signIn()).user.id).toBe(ada.id)
    }
  })

  it('keeps no e-mail in Redis', async () => {
    const ada = await identity.newPerson()
    await refusal(ada.signIn('wrong password'))
    const keys = await identity.redisKeys()
    expect(keys.some((key) => key.startsWith('sign-in'))).toBe(true)
    expect(keys.filter((key) => key.includes('example.test'))).toEqual([])
  })

  it('makes a hash of old parameters anew, and leaves a current one alone', async () => {
    const ada = await identity.newPerson()
    const old = await hash(goodPassword, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
    await identity.sql('update account set password_hash = $2 where id = $1', [ada.id, old])
    const hashNow = async () =>
      (
        await identity.sql<{ password_hash: string }>('select password_hash from account where id = $1', [
          ada.id,
        ])
      )[0]?.password_hash
    await ada.signIn()
    const renewed = await hashNow()
    expect(renewed).toContain('m=19456,t=2,p=1')
    await ada.signIn()
    expect(await hashNow()).toBe(renewed)
  })
})
