import { randomBytes, randomUUID } from 'node:crypto'
import { openIdentityDatabase } from '@souk/db/identity'
import { newId } from '@souk/kernel/id'
import { serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Account } from '../src/account.ts'
import { findAccount } from '../src/account-store.ts'
import { insertSession } from '../src/session-store.ts'
import { goodPassword, type Identity, refusal, startIdentity } from './harness.ts'

const newPassword = 'quite another password'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

type Event = { name: string; aggregate_version: number }
const eventsOf = async (id: string) =>
  await identity.sql<Event>(
    'select name, aggregate_version from outbox where aggregate_id = $1 order by aggregate_version',
    [id],
  )
const refresh = async (refreshToken: string) => await identity.anyone.auth.refresh.mutate({ refreshToken })

describe('changing the password', () => {
  it('needs the current one, signs out everywhere and tells the owner', async () => {
    const ada = await identity.newPerson()
    const [here, there] = [await ada.signIn(), await ada.signIn()]
    const wrong = await refusal(
      ada.client.auth.changePassword.mutate({ currentPassword: 'not it at all', newPassword }),
    )
    expect(wrong).toMatchObject({ code: 'INVALID_INPUT', paths: ['currentPassword'] })
    await ada.client.auth.changePassword.mutate({ currentPassword: goodPassword, newPassword })
    for (const { refreshToken } of [here, there]) {
      expect((await refusal(refresh(refreshToken))).code).toBe('UNAUTHENTICATED')
    }
    const { sessionIds } = await identity.as(serviceActor('gateway')).auth.revokedSessions.query()
    expect(sessionIds).toEqual(expect.arrayContaining([here.sessionId, there.sessionId]))
    expect((await refusal(ada.signIn(goodPassword))).code).toBe('UNAUTHENTICATED')
    expect((await ada.signIn(newPassword)).user.id).toBe(ada.id)
    expect(
      (await eventsOf(ada.id)).map(({ name, aggregate_version: version }) => [name, Number(version)]),
    ).toEqual([
      ['user.registered', 1],
      ['user.password_changed', 2],
    ])
  })

  it('is noted in the audit log, refused or done', async () => {
    const ada = await identity.newPerson()
    await refusal(ada.client.auth.changePassword.mutate({ currentPassword: 'not it at all', newPassword }))
    await ada.client.auth.changePassword.mutate({ currentPassword: goodPassword, newPassword })
    const lines = await identity.sql(
      'select action, outcome, actor_id from audit_entry where subject = $1 order by id',
      [ada.id],
    )
    expect(lines).toEqual([
      { action: 'password_changed', outcome: 'refused', actor_id: ada.id },
      { action: 'password_changed', outcome: 'ok', actor_id: ada.id },
    ])
  })

  it('succeeds once when two tabs do it at once', async () => {
    const ada = await identity.newPerson()
    const change = async (password: string) =>
      await ada.client.auth.changePassword.mutate({ currentPassword: goodPassword, newPassword: password })
    const outcomes = await Promise.allSettled(['first new password', 'second new password'].map(change))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await eventsOf(ada.id)).filter(({ name }) => name === 'user.password_changed')).toHaveLength(1)
  })

  it('answers a repeat with the same key as the first time, and stores no trace of the passwords', async () => {
    const ada = await identity.newPerson()
    const key = randomUUID()
    const client = identity.as(ada.principal, { idempotencyKey: key })
    const input = { currentPassword: goodPassword, newPassword }
    expect(await client.auth.changePassword.mutate(input)).toEqual({ ok: true })
    expect(await client.auth.changePassword.mutate(input)).toEqual({ ok: true })
    const other = identity.as(ada.principal, { idempotencyKey: randomUUID() })
    expect((await refusal(other.auth.changePassword.mutate(input))).code).toBe('INVALID_INPUT')
  })

  it('slows guessing of the current password like guessing at the door', async () => {
    const ada = await identity.newPerson()
    const guess = async () =>
      await refusal(ada.client.auth.changePassword.mutate({ currentPassword: 'a wrong guess', newPassword }))
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).code).toBe('INVALID_INPUT')
    expect((await guess()).code).toBe('RATE_LIMITED')
  })

  it('opens no session for a password that was right when it was checked and is not any more', async () => {
    const ada = await identity.newPerson()
    const db = openIdentityDatabase({
      url: identity.env.DATABASE_URL,
      applicationName: 'test',
      maxConnections: 2,
    })
    const checked = await findAccount(db, ada.id)
    await ada.client.auth.changePassword.mutate({ currentPassword: goodPassword, newPassword })
    const open = async (account: Account | undefined) =>
      account !== undefined &&
      (await insertSession(db, {
        sessionId: newId(),
        account,
        tokenHash: randomBytes(32),
        auditId: newId(),
        now: new Date(),
        expiresAt: new Date(Date.now() + 1000),
      }))
    expect(await open(checked)).toBe(false)
    expect(await open(await findAccount(db, ada.id))).toBe(true)
    await db.close()
  })
})
