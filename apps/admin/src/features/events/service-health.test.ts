import { describe, expect, it } from 'vitest'
import { ageText, healthOf } from './service-health.ts'

const calm = { oldestWaitingSeconds: 0, deadLetters: 0, groups: [{ lag: 0, pending: 2 }] }

describe('healthOf', () => {
  it('names the worst first', () => {
    expect(healthOf(null).label).toBe('Does not answer')
    expect(healthOf({ ...calm, deadLetters: 1, oldestWaitingSeconds: 99 }).label).toBe('Needs a person')
    expect(healthOf({ ...calm, oldestWaitingSeconds: 11 }).label).toBe('Behind')
    expect(healthOf({ ...calm, groups: [{ lag: 501, pending: 0 }] }).label).toBe('Behind')
    expect(healthOf(calm).label).toBe('Keeps up')
  })
})

describe('ageText', () => {
  it.each([
    [4.4, '4 s'],
    [720, '12 min'],
    [10_800, '3 h'],
    [172_800, '2 d'],
  ])('shows %d seconds as %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text)
  })
})
