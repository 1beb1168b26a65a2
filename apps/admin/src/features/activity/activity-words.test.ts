import { describe, expect, test } from 'vitest'
import { actionLabel, changeText } from './activity-words.ts'

describe('a line of the activity page', () => {
  test('says in words what happened', () => {
    expect(actionLabel('roles_changed')).toBe('Roles changed')
  })

  test.each([
    ['roles_changed', { before: ['customer'], after: ['customer', 'staff'] }, 'customer → customer, staff'],
    ['promotion_changed', { name: { before: 'Once', after: 'Twice' } }, 'name Once → Twice'],
    ['promotion_changed', { usageLimit: { before: null, after: 5 } }, 'usage limit nothing → 5'],
    ['promotion_changed', { minSubtotalMinor: { before: 0, after: 5000 } }, 'min subtotal €0.00 → €50.00'],
    ['promotion_changed', { value: { before: 1000, after: 2000 } }, 'value'],
    ['zone_changed', { places: { before: ['MW'], after: ['MW', 'ZM'] } }, 'places MW → MW, ZM'],
    ['tax_changed', { rates: { before: [{ rate: 1 }], after: [] } }, 'rates'],
    ['promotion_changed', { name: { before: 'x'.repeat(90), after: 'Short' } }, 'name'],
    ['promotion_created', { name: { before: null, after: 'New' } }, ''],
    ['sign_in', {}, ''],
  ])('%s %j reads "%s"', (action, details, text) => {
    expect(changeText({ action, details })).toBe(text)
  })
})
