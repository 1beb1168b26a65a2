import { describe, expect, it } from 'vitest'
import { attemptFor, freshAttempt } from './attempt.ts'

function ids() {
  let count = 0
  return () => {
    count += 1
    return `id-${count}`
  }
}

describe('the id an order is sent under', () => {
  it('is made with the form and stays while the same thing is sent again', () => {
    const newId = ids()
    const first = attemptFor(freshAttempt(newId), 'body', newId)
    expect(first).toEqual({ id: 'id-1', body: 'body' })
    expect(attemptFor(first, 'body', newId)).toBe(first)
  })

  it('is another one once something else is sent', () => {
    const newId = ids()
    const first = attemptFor(freshAttempt(newId), 'body', newId)
    const second = attemptFor(first, 'other', newId)
    expect(second).toEqual({ id: 'id-2', body: 'other' })
    expect(attemptFor(second, 'body', newId).id).toBe('id-3')
  })
})
