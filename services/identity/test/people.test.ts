import { randomUUID } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import type { Role } from '@souk/kernel/principal'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Identity, type NewPerson, refusal, startIdentity } from './harness.ts'

let identity: Identity
beforeEach(async () => {
  identity = await startIdentity()
})
afterEach(async () => await identity.stop())

const setRoles = async (actor: NewPerson, userId: string, ...roles: Role[]) =>
  await actor.client.user.setRoles.mutate({ userId, roles })
const auditOf = async (subject: string) =>
  await identity.sql(
    `select action, outcome, actor_id, details from audit_entry where subject = $1 and action = 'roles_changed' order by id`,
    [subject],
  )

describe('roles', () => {
  it('are given by an owner, need a new sign-in, and are noted with before and after', async () => {
    const [owner, ada] = [await identity.newPerson('owner'), await identity.newPerson()]
    const before = await ada.signIn()
    const user = await setRoles(owner, ada.id, 'staff', 'customer', 'staff')
    expect(user.roles).toEqual(['customer', 'staff'])
    const ended = await refusal(identity.anyone.auth.refresh.mutate({ refreshToken: before.refreshToken }))
    expect(ended.code).toBe('UNAUTHENTICATED')
    expect((await ada.signIn()).user.roles).toEqual(['customer', 'staff'])
    expect(await auditOf(ada.id)).toEqual([
      {
        action: 'roles_changed',
        outcome: 'ok',
        actor_id: owner.id,
        details: { before: ['customer'], after: ['customer', 'staff'] },
      },
    ])
  })

  it('cannot be given by customers or staff, to others or to themselves', async () => {
    await identity.newPerson('owner')
    for (const role of ['customer', 'staff'] as const) {
      const eve = await identity.newPerson(role)
      expect((await refusal(setRoles(eve, eve.id, 'owner'))).code).toBe('FORBIDDEN')
      expect((await eve.client.account.me.query()).roles).toEqual([role])
    }
    const refused = await refusal(identity.anyone.user.setRoles.mutate({ userId: newId(), roles: ['owner'] }))
    expect(refused.code).toBe('UNAUTHENTICATED')
  })

  it('cannot be given with a token from before the owner lost the role', async () => {
    const [owner, former] = [await identity.newPerson('owner'), await identity.newPerson('owner')]
    await setRoles(owner, former.id, 'staff')
    expect((await refusal(setRoles(former, former.id, 'owner'))).code).toBe('FORBIDDEN')
    expect(await auditOf(former.id)).toMatchObject([
      { outcome: 'ok', actor_id: owner.id },
      { outcome: 'refused', actor_id: former.id, details: { wanted: ['owner'] } },
    ])
  })

  it('leave at least one owner', async () => {
    const owner = await identity.newPerson('owner')
    const refused = await refusal(setRoles(owner, owner.id, 'staff'))
    expect(refused).toMatchObject({ code: 'INVALID_STATE', reason: 'last_owner' })
    expect((await setRoles(owner, owner.id, 'owner', 'staff')).roles).toEqual(['staff', 'owner'])
  })

  it('leave one owner when two demote each other, or themselves, at once', async () => {
    for (const target of ['each other', 'themselves']) {
      await identity.sql(`update account set roles = array['staff']`)
      const [a, b] = [await identity.newPerson('owner'), await identity.newPerson('owner')]
      const [ofA, ofB] = target === 'themselves' ? [a, b] : [b, a]
      await Promise.allSettled([setRoles(a, ofA.id, 'staff'), setRoles(b, ofB.id, 'staff')])
      const owners = await identity.sql(`select id from account where roles @> array['owner']`)
      expect(owners, target).toHaveLength(1)
    }
  })

  it('of nobody cannot be changed', async () => {
    const owner = await identity.newPerson('owner')
    expect((await refusal(setRoles(owner, newId(), 'staff'))).code).toBe('NOT_FOUND')
  })
})

describe('the list of people', () => {
  it('is for staff only, newest first, in pages that leave nobody out', async () => {
    const staff = await identity.newPerson('staff')
    const made = [staff.id]
    for (let count = 0; count < 6; count += 1) made.unshift((await identity.newPerson()).id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await staff.client.user.list.query({
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      })
      expect(page.items.length).toBeLessThanOrEqual(3)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(made)
    const customer = await identity.newPerson()
    expect((await refusal(customer.client.user.list.query({}))).code).toBe('FORBIDDEN')
    expect((await refusal(identity.anyone.user.list.query({}))).code).toBe('UNAUTHENTICATED')
  })

  it('is searched by part of a name or e-mail, literally, and by role', async () => {
    const staff = await identity.newPerson('staff')
    const marker = randomUUID().slice(0, 8)
    const emails = [`50%off.${marker}@example.test`, `under_score.${marker}@example.test`]
    await identity.anyone.auth.register.mutate({
      email: emails[1] ?? '',
      password: 'long enough',
      name: `Łukasz ${marker.toUpperCase()}`,
    })
    const find = async (q: string, role?: Role) =>
      (await staff.client.user.list.query({ q, ...(role ? { role } : {}) })).items.map(({ email }) => email)
    expect(await find(marker)).toEqual([emails[1]])
    expect(await find(`łukasz ${marker}`)).toEqual([emails[1]])
    expect(await find(`under_score.${marker}`)).toEqual([emails[1]])
    expect(await find(`underXscore.${marker}`)).toEqual([])
    expect(await find('%')).toEqual([])
    expect(await find('_')).toEqual([emails[1]])
    expect(await find('\\')).toEqual([])
    expect(await find('', 'staff')).toEqual([staff.email])
    expect(await find('', 'owner')).toEqual([])
  })

  it('refuses a cursor that it did not make', async () => {
    const staff = await identity.newPerson('staff')
    for (const cursor of ['nonsense', btoa('["x"]'), btoa('[1]'), btoa('{}')]) {
      expect(await refusal(staff.client.user.list.query({ cursor }))).toMatchObject({
        code: 'INVALID_INPUT',
        paths: ['cursor'],
      })
    }
  })
})

describe('the audit log', () => {
  it('is read by owners only, newest first', async () => {
    const [owner, staff] = [await identity.newPerson('owner'), await identity.newPerson('staff')]
    await owner.signIn()
    await staff.signIn()
    const first = await owner.client.audit.list.query({ limit: 1 })
    expect(first.items).toMatchObject([{ action: 'sign_in', subject: staff.id, outcome: 'ok' }])
    const second = await owner.client.audit.list.query({ limit: 5, cursor: first.nextCursor ?? '' })
    expect(second.items).toMatchObject([{ subject: owner.id }])
    expect(second.nextCursor).toBeNull()
    expect((await refusal(staff.client.audit.list.query({}))).code).toBe('FORBIDDEN')
  })

  it('is read by action, by outcome and by person, and its ids have names for staff', async () => {
    const [owner, ada] = [await identity.newPerson('owner'), await identity.newPerson()]
    await owner.signIn()
    await ada.signIn()
    await owner.client.user.setRoles.mutate({ userId: ada.id, roles: ['customer', 'staff'] })
    const lines = async (wanted: Parameters<typeof owner.client.audit.list.query>[0]) =>
      (await owner.client.audit.list.query(wanted)).items.map(({ action, subject }) => [action, subject])
    expect(await lines({ personId: ada.id, limit: 5 })).toEqual([
      ['roles_changed', ada.id],
      ['sign_in', ada.id],
    ])
    expect(await lines({ personId: owner.id, actions: ['roles_changed'] })).toEqual([
      ['roles_changed', ada.id],
    ])
    expect(await lines({ personId: ada.id, outcome: 'refused' })).toEqual([])
    const ids = [ada.id, owner.id, ada.id, newId()]
    const { items } = await owner.client.user.named.query({ ids })
    expect(items.map(({ id }) => id).toSorted()).toEqual([ada.id, owner.id].toSorted())
    expect((await refusal(identity.anyone.user.named.query({ ids }))).code).toBe('UNAUTHENTICATED')
  })

  it('cannot be changed or emptied, by nobody', async () => {
    const owner = await identity.newPerson('owner')
    await owner.signIn()
    for (const change of [
      `update audit_entry set outcome = 'refused'`,
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(identity.sql(change)).rejects.toThrow('only grows')
    }
    expect((await owner.client.audit.list.query({})).items).toHaveLength(1)
  })
})

describe('a profile', () => {
  it('is one’s own: the name can be changed, roles and e-mail cannot', async () => {
    const ada = await identity.newPerson()
    expect(await ada.client.account.updateProfile.mutate({ name: ' Ada Lovelace ' })).toMatchObject({
      id: ada.id,
      name: 'Ada Lovelace',
    })
    const extra = { name: 'Eve', roles: ['owner'], id: newId() }
    expect((await refusal(ada.client.account.updateProfile.mutate(extra))).code).toBe('INVALID_INPUT')
    expect(await ada.client.account.me.query()).toMatchObject({ name: 'Ada Lovelace', roles: ['customer'] })
  })
})
