import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, type Identity, refusal, startIdentity } from './harness.ts'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

const newEmail = () => `${randomUUID()}@example.test`
const register = async (email: string, password = goodPassword, name = 'Ada') =>
  await identity.anyone.auth.register.mutate({ email, password, name })

describe('registering', () => {
  it('makes a customer and announces it once, with the account', async () => {
    const email = newEmail()
    const { user } = await register(email, goodPassword, '  Zoë مرحبا  ')
    expect(user).toEqual({
      id: expect.any(String),
      email,
      name: 'Zoë مرحبا',
      roles: ['customer'],
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const events = await identity.sql(
      'select name, aggregate_version, payload from outbox where aggregate_id = $1',
      [user.id],
    )
    expect(events).toEqual([
      {
        name: 'user.registered',
        aggregate_version: expect.anything(),
        payload: { userId: user.id, email, name: 'Zoë مرحبا' },
      },
    ])
  })

  it('knows one mailbox in two spellings as one account', async () => {
    const email = newEmail()
    const { user } = await register(`  ${email.toUpperCase()} `)
    expect(user.email).toBe(email)
    const refused = await refusal(register(email))
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'email_taken', paths: ['email'] })
  })

  it('makes one account when the same e-mail registers many times at once', async () => {
    const email = newEmail()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, async () => await register(email)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [count] = await identity.sql<{ accounts: number; events: number }>(
      `select (select count(*) from account where email = $1) as accounts,
              (select count(*) from outbox where payload ->> 'email' = $1) as events`,
      [email],
    )
    expect(count).toEqual({ accounts: 1, events: 1 })
  })

  it('answers a repeat with the same key with the same account, and another body with a conflict', async () => {
    const email = newEmail()
    const repeat = identity.as({ kind: 'anonymous' }, { idempotencyKey: randomUUID() })
    const input = { email, password: goodPassword, name: 'Ada' }
    const first = await repeat.auth.register.mutate(input)
    expect(await repeat.auth.register.mutate(input)).toEqual(first)
    const refused = await refusal(repeat.auth.register.mutate({ ...input, name: 'Eve' }))
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'idempotency_conflict' })
  })

  it.each([
    ['10 characters', 'ten chars!'],
    ['256 characters', 'x'.repeat(256)],
    ['Unicode', 'пароль 密码 🔑🔑'],
    ['spaces only', '            '],
    ['SQL', "'; drop table account; --"],
  ])('accepts a password of %s and signs in with exactly it', async (_what, password) => {
    const email = newEmail()
    await register(email, password)
    const signedIn = await identity.anyone.auth.signIn.mutate({ email, password })
    expect(signedIn.user.email).toBe(email)
    const other = await refusal(
      identity.anyone.auth.signIn.mutate({ email, password: `${password.slice(1)}~` }),
    )
    expect(other.code).toBe('UNAUTHENTICATED')
  })

  it('lets a password in that was typed composed here and decomposed there', async () => {
    const email = newEmail()
    await register(email, 'Passwort für Zoë'.normalize('NFC'))
    const signedIn = await identity.anyone.auth.signIn.mutate({
      email,
      password: 'Passwort für Zoë'.normalize('NFD'),
    })
    expect(signedIn.user.email).toBe(email)
  })

  it('stores argon2id with its parameters, and no hash twice', async () => {
    const emails = [newEmail(), newEmail()]
    for (const email of emails) await register(email)
    const rows = await identity.sql<{ password_hash: string }>(
      'select password_hash from account where email = any($1)',
      [emails],
    )
    expect(rows.map((row) => row.password_hash.split('$').slice(1, 4).join(' '))).toEqual([
      'argon2id v=19 m=19456,t=2,p=1',
      'argon2id v=19 m=19456,t=2,p=1',
    ])
    expect(rows[0]?.password_hash).not.toBe(rows[1]?.password_hash)
  })
})
