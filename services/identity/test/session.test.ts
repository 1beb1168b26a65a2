import { listenToSignal } from '@souk/events/signals'
import { createLog } from '@souk/service/log'
import { serviceActor } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LONGEST_SESSION_SECONDS, REFRESH_GRACE_SECONDS, SESSION_SECONDS } from '../src/contract.ts'
import { type Identity, refusal, startIdentity, verifyAccessToken } from './harness.ts'

let identity: Identity
const heard = new Set<string>()
let ear: { stop(): void }

beforeAll(async () => {
  identity = await startIdentity()
  let isListening = false
  ear = listenToSignal({
    redisUrl: identity.env.REDIS_URL,
    name: 'session.revoked',
    log: createLog({ service: 'test', instance: '0', level: 'silent' }),
    onSignal: ({ sessionIds }) => {
      for (const id of sessionIds) heard.add(id)
    },
    onReconnect: () => {
      isListening = true
    },
  })
  await until('the test hears signals', () => isListening)
})
afterAll(async () => {
  ear.stop()
  await identity.stop()
})

const refresh = async (refreshToken: string) => await identity.anyone.auth.refresh.mutate({ refreshToken })
const revokedIds = async () =>
  (await identity.as(serviceActor('gateway')).auth.revokedSessions.query()).sessionIds

describe('a refresh token', () => {
  it('is exchanged for an access token and its successor, in the same session', async () => {
    const ada = await identity.newPerson()
    const first = await ada.signIn()
    const second = await refresh(first.refreshToken)
    const third = await refresh(second.refreshToken)
    expect(new Set([first.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3)
    expect(third).toMatchObject({ sessionId: first.sessionId, user: { id: ada.id } })
    expect((await verifyAccessToken(third.accessToken)).sid).toBe(first.sessionId)
  })

  it('gives many tabs that ask at once one and the same successor', async () => {
    const { refreshToken, sessionId } = await (await identity.newPerson()).signIn()
    const answers = await Promise.all(Array.from({ length: 12 }, async () => await refresh(refreshToken)))
    const successors = new Set(answers.map((answer) => answer.refreshToken))
    expect(successors.size).toBe(1)
    const [live] = await identity.sql<{ count: number }>(
      'select count(*) from refresh_token where session_id = $1 and used_at is null',
      [sessionId],
    )
    expect(live?.count).toBe(1)
    const [successor = ''] = successors
    expect((await refresh(successor)).sessionId).toBe(sessionId)
  })

  it('brings a slow tab back to the newest token within the grace', async () => {
    const { refreshToken } = await (await identity.newPerson()).signIn()
    const second = await refresh(refreshToken)
    const third = await refresh(second.refreshToken)
    identity.later(REFRESH_GRACE_SECONDS / 2)
    const slow = await refresh(refreshToken)
    expect(slow.refreshToken).toBe(second.refreshToken)
    expect((await refresh(slow.refreshToken)).refreshToken).toBe(third.refreshToken)
  })

  it('ends the whole session when it comes back after the grace', async () => {
    const ada = await identity.newPerson()
    const stolen = await ada.signIn()
    const other = await ada.signIn()
    const current = await refresh(stolen.refreshToken)
    identity.later(REFRESH_GRACE_SECONDS + 1)
    expect((await refusal(refresh(stolen.refreshToken))).code).toBe('UNAUTHENTICATED')
    expect((await refusal(refresh(current.refreshToken))).code).toBe('UNAUTHENTICATED')
    await until('the gateways hear of it', () => heard.has(stolen.sessionId))
    expect(await revokedIds()).toContain(stolen.sessionId)
    const lines = await identity.sql(
      `select outcome from audit_entry where subject = $1 and action = 'token_reuse'`,
      [ada.id],
    )
    expect(lines).toEqual([{ outcome: 'refused' }])
    expect((await refresh(other.refreshToken)).sessionId).toBe(other.sessionId)
  })

  it('ends the session also when the salt of the grace was swept away', async () => {
    const signedIn = await (await identity.newPerson()).signIn()
    await refresh(signedIn.refreshToken)
    await identity.sql('update refresh_token set salt = null where session_id = $1', [signedIn.sessionId])
    expect((await refusal(refresh(signedIn.refreshToken))).code).toBe('UNAUTHENTICATED')
    expect(await revokedIds()).toContain(signedIn.sessionId)
  })

  it('is refused when nobody ever had it', async () => {
    expect((await refusal(refresh('x'.repeat(43)))).code).toBe('UNAUTHENTICATED')
  })

  it('lives on with use, dies without, and never outlives the longest session', async () => {
    const ada = await identity.newPerson()
    let used = await ada.signIn()
    const unused = await ada.signIn()
    for (let round = 0; round < 2; round += 1) {
      identity.later(SESSION_SECONDS - 60)
      used = await refresh(used.refreshToken)
    }
    expect((await refusal(refresh(unused.refreshToken))).code).toBe('UNAUTHENTICATED')
    await identity.sql(
      'update session set created_at = created_at - make_interval(secs => $2) where id = $1',
      [used.sessionId, LONGEST_SESSION_SECONDS],
    )
    used = await refresh(used.refreshToken)
    expect((await refusal(refresh(used.refreshToken))).code).toBe('UNAUTHENTICATED')
  })

  it('is nowhere in the database, only its hash', async () => {
    const first = await (await identity.newPerson()).signIn()
    const second = await refresh(first.refreshToken)
    const [found] = await identity.sql<{ text: string }>(
      `select string_agg(t::text, ' ') as text from refresh_token t where session_id = $1`,
      [first.sessionId],
    )
    for (const token of [first.refreshToken, second.refreshToken]) {
      expect(found?.text).not.toContain(token)
      expect(found?.text).not.toContain(Buffer.from(token).toString('hex'))
      expect(found?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    }
  })
})

describe('signing out', () => {
  it('ends the session of the refresh token, is heard, and may be repeated', async () => {
    const signedIn = await (await identity.newPerson()).signIn()
    const signOut = async () =>
      await identity.anyone.auth.signOut.mutate({ refreshToken: signedIn.refreshToken })
    expect(await signOut()).toEqual({ ok: true })
    expect(await signOut()).toEqual({ ok: true })
    expect((await refusal(refresh(signedIn.refreshToken))).code).toBe('UNAUTHENTICATED')
    await until('the gateways hear of it', () => heard.has(signedIn.sessionId))
    expect(await revokedIds()).toContain(signedIn.sessionId)
  })

  it('without a token ends the caller’s own session and no other', async () => {
    const ada = await identity.newPerson()
    const [here, there] = [await ada.signIn(), await ada.signIn()]
    await identity.as({ ...ada.principal, sessionId: here.sessionId }).auth.signOut.mutate({})
    expect((await refusal(refresh(here.refreshToken))).code).toBe('UNAUTHENTICATED')
    expect((await refresh(there.refreshToken)).sessionId).toBe(there.sessionId)
  })

  it('of nothing is no error', async () => {
    expect(await identity.anyone.auth.signOut.mutate({})).toEqual({ ok: true })
    expect(await identity.anyone.auth.signOut.mutate({ refreshToken: 'y'.repeat(43) })).toEqual({ ok: true })
  })
})

describe('the list of revoked sessions', () => {
  it('is for the gateway alone', async () => {
    const owner = await identity.newPerson('owner')
    expect((await refusal(owner.client.auth.revokedSessions.query())).code).toBe('FORBIDDEN')
    expect((await refusal(identity.anyone.auth.revokedSessions.query())).code).toBe('UNAUTHENTICATED')
    expect((await refusal(identity.as(serviceActor('order')).auth.revokedSessions.query())).code).toBe(
      'FORBIDDEN',
    )
  })

  it('leaves out sessions whose last token has died', async () => {
    const signedIn = await (await identity.newPerson()).signIn()
    await identity.anyone.auth.signOut.mutate({ refreshToken: signedIn.refreshToken })
    identity.later(SESSION_SECONDS + 1)
    expect(await revokedIds()).not.toContain(signedIn.sessionId)
  })
})
