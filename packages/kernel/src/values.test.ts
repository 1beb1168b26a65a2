import { describe, expect, it } from 'vitest'
import { Address, Email } from './address.ts'
import { AppError, isAppError, notFound } from './errors.ts'
import { Id, isId, newId } from './id.ts'
import { isOwner, isStaff, type Principal } from './principal.ts'

describe('an id', () => {
  it('is a UUID v7, and a later one sorts behind an earlier one', () => {
    const ids = Array.from({ length: 2000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(ids.toSorted())
    for (const id of ids) expect(Id.safeParse(id).success && isId(id)).toBe(true)
  })

  it.each([
    '',
    'x',
    '00000000-0000-0000-0000-000000000000',
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    '01930000-0000-7000-8000-00000000000',
    '{01930000-0000-7000-8000-000000000001}',
    "01930000-0000-7000-8000-000000000001'",
  ])('is not %j', (text) => {
    expect(isId(text)).toBe(false)
    expect(Id.safeParse(text).success).toBe(false)
  })
})

describe('an e-mail address', () => {
  it('is one mailbox however it is spelled', () => {
    expect(Email.parse('  Ada@Example.TEST ')).toBe('ada@example.test')
    for (const wrong of ['', 'a', '@b.c', 'a@', 'a b@c.de', `${'a'.repeat(250)}@b.de`, 'a@b\n.de', 7]) {
      expect(Email.safeParse(wrong).success, String(wrong)).toBe(false)
    }
  })
})

describe('a postal address', () => {
  const address = { name: 'Ada', line1: '1 Main St', city: 'Cork', postalCode: 'T12', country: 'IE' }

  it('is complete, within bounds and has nothing else', () => {
    expect(Address.parse({ ...address, name: ' Ada ', phone: '+353 (1) 23-45' })).toMatchObject({
      name: 'Ada',
    })
    for (const wrong of [
      { ...address, country: 'ie' },
      { ...address, country: 'IRL' },
      { ...address, city: '   ' },
      { ...address, postalCode: 'x'.repeat(21) },
      { ...address, phone: 'call me' },
      { ...address, isAdmin: true },
      { name: 'Ada' },
    ]) {
      expect(Address.safeParse(wrong).success).toBe(false)
    }
  })
})

describe('an error for the caller', () => {
  it('keeps its code, sentence, cause and details', () => {
    const cause = new Error('inside')
    const error = new AppError('CONFLICT', 'Not now.', { cause, details: { reason: 'busy' } })
    expect(error).toMatchObject({ code: 'CONFLICT', message: 'Not now.', cause, details: { reason: 'busy' } })
    expect(isAppError(error)).toBe(true)
    expect(isAppError(error, 'CONFLICT')).toBe(true)
    expect(isAppError(error, 'NOT_FOUND')).toBe(false)
    expect(isAppError(cause)).toBe(false)
    expect(notFound('order').message).toBe('There is no such order.')
  })
})

describe('who is staff', () => {
  const user = (...roles: ('customer' | 'staff' | 'owner')[]): Principal => {
    return { kind: 'user', userId: 'u', sessionId: 's', email: 'e', roles }
  }
  it.each([
    [user('customer'), false, false],
    [user('staff'), true, false],
    [user('owner'), true, true],
    [user('customer', 'owner'), true, true],
    [user(), false, false],
    [{ kind: 'service', name: 'owner' } satisfies Principal, false, false],
    [{ kind: 'anonymous' } satisfies Principal, false, false],
  ])('%j', (principal, staff, owner) => {
    expect(isStaff(principal)).toBe(staff)
    expect(isOwner(principal)).toBe(owner)
  })
})
