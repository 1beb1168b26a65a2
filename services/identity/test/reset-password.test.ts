import { randomUUID } from 'node:crypto'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RESET_TOKEN_SECONDS } from '../src/contract.ts'
import { goodPassword, type Identity, type NewPerson, refusal, startIdentity } from './harness.ts'

const newPassword = 'quite another password'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

type Event = { name: string; aggregate_version: number; payload: { resetToken?: string } }
const eventsOf = async (id: string) =>
  await identity.sql<Event>(
    'select name, aggregate_version, payload from outbox where aggregate_id = $1 order by aggregate_version',
    [id],
  )
const refresh = async (refreshToken: string) => await identity.anyone.auth.refresh.mutate({ refreshToken })
const ask = async (email: string) => await identity.anyone.auth.requestPasswordReset.mutate({ email })
const reset = async (token: string, password = newPassword) =>
  await identity.anyone.auth.resetPassword.mutate({ token, password })

/** The tokens of the links sent to a person so far, once there are `count`. */
async function tokensOf(person: NewPerson, count: number): Promise<string[]> {
  return await until(`${count} reset links`, async () => {
    const tokens = (await eventsOf(person.id)).flatMap(({ payload }) => payload.resetToken ?? [])
    return tokens.length >= count ? tokens : undefined
  })
}
async function tokenOf(person: NewPerson): Promise<string> {
  await ask(person.email)
  const [token = ''] = await tokensOf(person, 1)
  return token
}
async function queueIsEmpty(): Promise<void> {
  await until('every request is answered', async () => {
    const [row] = await identity.sql<{ count: number }>('select count(*) from reset_request')
    return row?.count === 0
  })
}

describe('a forgotten password', () => {
  it('is answered alike for every address, and only a known one gets a link', async () => {
    const ada = await identity.newPerson()
    const stranger = `${randomUUID()}@example.test`
    expect(await ask(stranger)).toEqual(await ask(ada.email))
    await tokensOf(ada, 1)
    await queueIsEmpty()
    const events = await identity.sql('select 1 from outbox where payload ->> $1 = $2', ['email', stranger])
    expect(events).toEqual([])
  })

  it('is set anew with the link, once; signs out everywhere and tells the owner', async () => {
    const ada = await identity.newPerson()
    const before = await ada.signIn()
    const token = await tokenOf(ada)
    expect(await reset(token)).toEqual({ ok: true })
    expect((await refusal(refresh(before.refreshToken))).code).toBe('UNAUTHENTICATED')
    expect((await refusal(ada.signIn(goodPassword))).code).toBe('UNAUTHENTICATED')
    expect((await ada.signIn(newPassword)).user.id).toBe(ada.id)
    const again = await refusal(reset(token, 'a third password here'))
    expect(again).toMatchObject({ code: 'INVALID_INPUT', paths: ['token'] })
    const events = await eventsOf(ada.id)
    expect(events.map(({ name, aggregate_version: version }) => [name, Number(version)])).toEqual([
      ['user.registered', 1],
      ['user.password_reset_requested', 2],
      ['user.password_changed', 3],
    ])
  })

  it('takes the link once when it is used many times at once', async () => {
    const token = await tokenOf(await identity.newPerson())
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, async (_, index) => await reset(token, `new password ${index}`)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('refuses a link after half an hour', async () => {
    const ada = await identity.newPerson()
    const token = await tokenOf(ada)
    identity.later(RESET_TOKEN_SECONDS + 1)
    expect((await refusal(reset(token))).paths).toEqual(['token'])
    expect((await ada.signIn(goodPassword)).user.id).toBe(ada.id)
  })

  it('refuses a link from before the password was changed', async () => {
    const ada = await identity.newPerson()
    const token = await tokenOf(ada)
    await ada.client.auth.changePassword.mutate({ currentPassword: goodPassword, newPassword })
    expect((await refusal(reset(token, 'a third password here'))).paths).toEqual(['token'])
    expect((await ada.signIn(newPassword)).user.id).toBe(ada.id)
  })

  it('sends at most three links in half an hour', async () => {
    const ada = await identity.newPerson()
    for (let request = 0; request < 6; request += 1) {
      await ask(ada.email)
      await queueIsEmpty()
    }
    expect(await tokensOf(ada, 3)).toHaveLength(3)
    identity.later(RESET_TOKEN_SECONDS + 1)
    await ask(ada.email)
    expect(await tokensOf(ada, 4)).toHaveLength(4)
  })

  it('opens an account again that was closed to guessing', async () => {
    const ada = await identity.newPerson()
    for (let attempt = 0; attempt < 10; attempt += 1) await refusal(ada.signIn('a wrong guess'))
    expect((await refusal(ada.signIn())).code).toBe('RATE_LIMITED')
    await reset(await tokenOf(ada))
    expect((await ada.signIn(newPassword)).user.id).toBe(ada.id)
  })

  it('keeps only the hash of a link', async () => {
    const ada = await identity.newPerson()
    const token = await tokenOf(ada)
    const rows = await identity.sql<{ text: string }>(
      'select r::text as text from password_reset r where account_id = $1',
      [ada.id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.text).not.toContain(Buffer.from(token).toString('hex'))
    expect(rows[0]?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })
})
