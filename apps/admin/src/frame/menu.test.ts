import { describe, expect, it } from 'vitest'
import { isCurrent, menuFor } from './menu.ts'

const labels = (...roles: Parameters<typeof menuFor>[0]) => menuFor(roles).map((entry) => entry.label)

describe('menuFor', () => {
  it('hides from staff what only an owner may open', () => {
    expect(labels('staff')).not.toContain('Activity')
    expect(labels('owner')).toContain('Activity')
    expect(labels('customer', 'staff')).toContain('Orders')
  })
  it('shows a customer nothing', () => {
    expect(labels('customer')).toEqual([])
  })
})

describe('isCurrent', () => {
  it('marks the section and not only its first page', () => {
    expect(isCurrent({ href: '/orders' }, '/orders/0190')).toBe(true)
    expect(isCurrent({ href: '/' }, '/orders')).toBe(false)
    expect(isCurrent({ href: '/stock' }, '/stocktaking')).toBe(false)
  })
})
