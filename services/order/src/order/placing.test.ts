import { newId } from '@souk/kernel/id'
import { describe, expect, test } from 'vitest'
import { isOverdue, noteStep, planPlacing } from './placing.ts'

const now = new Date('2026-11-21T12:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const plan = () => ({
  placing: planPlacing({ orderId: newId(), paymentId: newId(), now, holdSeconds: 1200 }),
})

describe('the steps of placing', () => {
  test('ask each neighbour under the id it keeps its answer by', () => {
    const [orderId, paymentId] = [newId(), newId()]
    const steps = planPlacing({ orderId, paymentId, now, holdSeconds: 60 })
    expect(steps.map(({ step, id, result }) => [step, id, result])).toEqual([
      ['reserve', orderId, null],
      ['pay', paymentId, null],
      ['commit', orderId, null],
    ])
  })

  test('keep what came of them and when; the same answer again changes nothing', () => {
    const once = noteStep(plan(), 'pay', 'requires_action', later(5))
    expect(noteStep(once, 'pay', 'requires_action', later(900))).toEqual(once)
    const [, paid] = noteStep(once, 'pay', 'captured', later(1000)).placing
    expect(paid).toMatchObject({ result: 'captured', at: later(1000).toISOString() })
  })

  test('are overdue only while they are not done, each at its own time', () => {
    const open = plan()
    const minutes = (count: number) => later(count * 60_000)
    expect(isOverdue(open, 'reserve', minutes(10))).toBe(false)
    expect(isOverdue(open, 'reserve', later(10 * 60_000 + 1))).toBe(true)
    expect(isOverdue(noteStep(open, 'reserve', 'reserved', now), 'reserve', minutes(11))).toBe(false)
    const waiting = noteStep(open, 'pay', 'requires_action', now)
    expect([30, 31].map((at) => isOverdue(waiting, 'pay', minutes(at)))).toEqual([false, true])
    expect(isOverdue(noteStep(waiting, 'pay', 'captured', now), 'pay', minutes(31))).toBe(false)
    expect([40, 41].map((at) => isOverdue(open, 'commit', minutes(at)))).toEqual([false, true])
  })

  test('of an order from before steps were recorded are never overdue', () => {
    expect(isOverdue({ placing: [] }, 'reserve', later(1e9))).toBe(false)
  })
})
