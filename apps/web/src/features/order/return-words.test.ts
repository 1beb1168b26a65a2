import { describe, expect, it } from 'vitest'
import { returnableLines, returnProgress } from './return-words.ts'

const mug = {
  sku: 'MUG',
  name: 'Mug',
  optionsLabel: 'Oat',
  deliveredQuantity: 3,
  returnedQuantity: 1,
  returnPendingQuantity: 1,
}
const now = new Date('2026-11-21T12:00:00Z')

describe('returnableLines', () => {
  const order = { status: 'delivered' as const, items: [mug], returnableUntil: '2026-12-01T00:00:00Z' }
  it('counts what is neither back nor on its way back', () => {
    expect(returnableLines(order, now)).toMatchObject([{ sku: 'MUG', left: 1 }])
    expect(returnableLines({ ...order, items: [{ ...mug, returnedQuantity: 2 }] }, now)).toEqual([])
  })
  it('is empty before delivery and after the time is over', () => {
    expect(returnableLines({ ...order, status: 'shipped' }, now)).toEqual([])
    expect(returnableLines({ ...order, returnableUntil: null }, now)).toEqual([])
    expect(returnableLines({ ...order, returnableUntil: '2026-11-21T11:59:59Z' }, now)).toEqual([])
  })
})

describe('returnProgress', () => {
  it('ends with the money and knows no way for what was declined', () => {
    expect(returnProgress({ status: 'requested' })?.reached).toBe(0)
    expect(returnProgress({ status: 'refunding' })?.reached).toBe(2)
    expect(returnProgress({ status: 'completed' })?.reached).toBe(3)
    expect(returnProgress({ status: 'declined' })).toBeUndefined()
  })
})
