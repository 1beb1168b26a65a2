import { type Order, orderStatuses } from '@souk/order/contract'
import { describe, expect, it } from 'vitest'
import { newerOrder, reconnectPauseMs } from './live-order.ts'
import { actionUrl, progressOf, timelineText } from './order-words.ts'

const order = (updatedAt: string, id = 'a') => ({ id, updatedAt }) as Order
const payment = (url: string) => ({ action: { type: 'redirect', url, expiresAt: null } }) as Order['payment']

describe('what an order says about itself', () => {
  it('has words for every status in its timeline', () => {
    for (const status of orderStatuses) expect(timelineText(status)).not.toBe('')
    expect(timelineText('refunded')).toBe('Refunded')
    expect(timelineText('address_changed')).toBe('Address changed')
  })

  it('never steps back on its ordinary way', () => {
    const way = ['pending', 'awaiting_payment', 'confirmed', 'processing', 'shipped', 'delivered'] as const
    const reached = way.map((status) => progressOf(status)?.reached ?? -1)
    expect(reached).toEqual(reached.toSorted((a, b) => a - b))
    expect(progressOf('cancelled')).toBeUndefined()
  })

  it('links to nothing but a web address', () => {
    expect(actionUrl(payment('https://pay.test/3ds/1'))).toBe('https://pay.test/3ds/1')
    expect(actionUrl(payment('javascript:alert(1)'))).toBeUndefined()
    expect(actionUrl(null)).toBeUndefined()
  })
})

describe('an order that changes while it is looked at', () => {
  it('is never replaced by an older answer or by another order', () => {
    const known = order('2026-11-20T10:00:00.000Z')
    expect(newerOrder(known, order('2026-11-20T09:59:59.999Z'))).toBe(known)
    expect(newerOrder(known, order('2026-11-20T10:00:01.000Z', 'b'))).toBe(known)
    const next = order('2026-11-20T10:00:00.001Z')
    expect(newerOrder(known, next)).toBe(next)
  })

  it('is asked for again ever more patiently', () => {
    expect([1, 2, 3, 6, 50].map(reconnectPauseMs)).toEqual([1000, 2000, 4000, 30_000, 30_000])
  })
})
