import { isAppError } from '@souk/kernel/errors'
import type { Role } from '@souk/kernel/principal'
import { describe, expect, it } from 'vitest'
import { assertMayChangeRoles, tidyRoles } from './account.ts'

type Case = [actor: string, subject: string, roles: Role[], owners: string[], outcome: string]

describe('a change of roles', () => {
  it.each<Case>([
    ['a', 'b', ['staff'], ['a'], 'allowed'],
    ['a', 'b', ['owner'], ['a'], 'allowed'],
    ['a', 'b', ['staff'], ['a', 'b'], 'allowed'],
    ['a', 'a', ['staff'], ['a', 'b'], 'allowed'],
    ['a', 'a', ['staff', 'owner'], ['a'], 'allowed'],
    ['a', 'a', ['staff'], ['a'], 'INVALID_STATE'],
    ['b', 'a', ['staff'], ['a'], 'FORBIDDEN'],
    ['b', 'b', ['owner'], ['a'], 'FORBIDDEN'],
    ['b', 'b', ['owner'], [], 'FORBIDDEN'],
  ])('by %s of %s to %j with owners %j is %s', (actorId, subjectId, roles, owners, outcome) => {
    let found = 'allowed'
    try {
      assertMayChangeRoles({ actorId, subjectId, roles, owners })
    } catch (error) {
      found = isAppError(error) ? error.code : String(error)
    }
    expect(found).toBe(outcome)
  })

  it('names each role once, always in the same order', () => {
    expect(tidyRoles(['owner', 'customer', 'owner'])).toEqual(['customer', 'owner'])
  })
})
