import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, type Identity, refusal, startIdentity } from './harness.ts'

let identity: Identity
beforeAll(async () => {
  identity = await startIdentity()
})
afterAll(async () => await identity.stop())

const email = 'ada@example.test'
const name = 'Ada'
const password = goodPassword
const address = { name, line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const id = '0193a8f0-0000-7000-8000-000000000000'

/** Procedure, what is wrong, input, the path of the fault. */
const faults: [string, string, unknown, string][] = [
  ['auth.register', 'nothing', undefined, ''],
  ['auth.register', 'an array', [], ''],
  ['auth.register', 'text instead of an object', 'hello', ''],
  ['auth.register', 'no e-mail', { password, name }, 'email'],
  ['auth.register', 'a number as e-mail', { email: 7, password, name }, 'email'],
  ['auth.register', 'an operator as e-mail', { email: { contains: '' }, password, name }, 'email'],
  ['auth.register', 'an e-mail without a host', { email: 'ada@', password, name }, 'email'],
  ['auth.register', 'two e-mails', { email: 'a@b.example, c@d.example', password, name }, 'email'],
  [
    'auth.register',
    'a line break in the e-mail',
    { email: 'a@b.example\nBcc: c@d.example', password, name },
    'email',
  ],
  [
    'auth.register',
    'an e-mail of 10 kB',
    { email: `${'a'.repeat(10_000)}@b.example`, password, name },
    'email',
  ],
  ['auth.register', 'a short password', { email, password: 'too short', name }, 'password'],
  ['auth.register', 'a password of 257', { email, password: 'x'.repeat(257), name }, 'password'],
  ['auth.register', 'no name', { email, password, name: '   ' }, 'name'],
  ['auth.register', 'a long name', { email, password, name: 'n'.repeat(121) }, 'name'],
  ['auth.register', 'a line break in the name', { email, password, name: 'Ada\r\nBcc: x@y.example' }, 'name'],
  ['auth.register', 'a NUL in the name', { email, password, name: 'A\u0000da' }, 'name'],
  ['auth.register', 'half a character in the name', { email, password, name: 'Ada \ud83d' }, 'name'],
  ['auth.register', 'roles nobody offered', { email, password, name, roles: ['owner'] }, ''],
  ['auth.signIn', 'no password', { email }, 'password'],
  ['auth.signIn', 'a password of 257', { email, password: 'x'.repeat(257) }, 'password'],
  ['auth.refresh', 'a short token', { refreshToken: 'x' }, 'refreshToken'],
  ['auth.refresh', 'a token of 10 kB', { refreshToken: 'x'.repeat(10_000) }, 'refreshToken'],
  ['auth.signOut', 'an extra field', { userId: id }, ''],
  ['auth.requestPasswordReset', 'no address', {}, 'email'],
  ['auth.resetPassword', 'a short password', { token: 'x'.repeat(43), password: 'short' }, 'password'],
  ['auth.resetPassword', 'a made-up token', { token: 'x'.repeat(43), password }, 'token'],
  [
    'auth.changePassword',
    'a short new password',
    { currentPassword: password, newPassword: 'short' },
    'newPassword',
  ],
  ['account.updateProfile', 'no name', {}, 'name'],
  ['address.save', 'no address', {}, 'address'],
  ['address.save', 'no city', { address: { ...address, city: '' } }, 'address.city'],
  ['address.save', 'a country in words', { address: { ...address, country: 'Germany' } }, 'address.country'],
  ['address.save', 'a NUL in the street', { address: { ...address, line1: 'a\u0000' } }, 'address.line1'],
  ['address.save', 'an id of another kind', { id: '7', address }, 'id'],
  ['address.save', 'somebody’s id', { userId: id, address }, ''],
  ['address.save', 'yes as a boolean', { address, isDefault: 'yes' }, 'isDefault'],
  ['address.remove', 'no id', {}, 'id'],
  ['user.list', 'a limit of 0', { limit: 0 }, 'limit'],
  ['user.list', 'a limit of 101', { limit: 101 }, 'limit'],
  ['user.list', 'a limit beyond counting', { limit: 1e308 }, 'limit'],
  ['user.list', 'a fraction', { limit: 1.5 }, 'limit'],
  ['user.list', 'an unknown role', { role: 'god' }, 'role'],
  ['user.list', 'a long search', { q: 'q'.repeat(121) }, 'q'],
  ['user.setRoles', 'no roles', { userId: id, roles: [] }, 'roles'],
  ['user.setRoles', 'an unknown role', { userId: id, roles: ['god'] }, 'roles.0'],
  ['user.setRoles', 'four roles', { userId: id, roles: ['customer', 'staff', 'owner', 'staff'] }, 'roles'],
  ['audit.list', 'a cursor of 10 kB', { cursor: 'c'.repeat(10_000) }, 'cursor'],
  ['operations.replay', 'no id', {}, 'id'],
]

type Procedure = { query: (input: unknown) => Promise<unknown>; mutate: (input: unknown) => Promise<unknown> }

describe('bad input', () => {
  it('is refused everywhere with the path of the fault, and changes nothing', async () => {
    const owner = await identity.newPerson('owner')
    const state = async () =>
      await identity.sql(
        `select (select count(*) from account) as accounts, (select count(*) from saved_address) as addresses,
                (select count(*) from reset_request) as requests, (select count(*) from outbox) as events`,
      )
    const before = await state()
    for (const [path, what, input, fault] of faults) {
      let target: unknown = owner.client
      for (const part of path.split('.')) target = Reflect.get(target as object, part)
      const refused = await refusal((target as Procedure).mutate(input))
      expect(refused, `${path}: ${what}`).toMatchObject({ code: 'INVALID_INPUT', reason: 'invalid_input' })
      expect(refused.paths, `${path}: ${what}`).toContain(fault)
    }
    expect(await state()).toEqual(before)
  })

  it('does not reach prototypes', async () => {
    const input: unknown = JSON.parse(
      `{"email":"${email}","password":"${password}","name":"x","__proto__":{"roles":["owner"]}}`,
    )
    await refusal(identity.anyone.auth.register.mutate(input as never))
    expect(Reflect.get({}, 'roles')).toBeUndefined()
  })
})
