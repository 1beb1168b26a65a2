import { describe, expect, it } from 'vitest'
import { nextAttempt } from './retry.ts'

const now = new Date('2026-11-20T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const pauseMs = (attempts: number, random: number, createdAt = now) => {
  const due = nextAttempt({ attempts, isRefused: false, createdAt }, now, random)
  return due === undefined ? undefined : due.getTime() - now.getTime()
}

describe('the next attempt', () => {
  it('comes soon at first, later with every failure, and never later than a minute', () => {
    expect([1, 2, 3, 7, 20, 5000].map((attempts) => pauseMs(attempts, 1))).toEqual([
      1000, 2000, 4000, 60_000, 60_000, 60_000,
    ])
    expect(pauseMs(7, 0)).toBe(30_000)
  })

  it('is made for three days while the server cannot be reached, and then no more', () => {
    expect(pauseMs(4000, 1, hoursAgo(71))).toBe(60_000)
    expect(pauseMs(4000, 1, hoursAgo(73))).toBeUndefined()
  })

  it('is made four times when the mail itself was refused', () => {
    const refused = (attempts: number) => nextAttempt({ attempts, isRefused: true, createdAt: now }, now, 1)
    expect([1, 2, 3, 4, 5].map((attempts) => refused(attempts) !== undefined)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
})
