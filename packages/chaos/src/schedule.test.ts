import { expect, test } from 'vitest'
import { seededRandom, shuffled } from './random.ts'
import { scheduleFaults } from './schedule.ts'

const told = (seed: number, totalMs = 60_000) =>
  scheduleFaults(seededRandom(seed), totalMs).map(({ atMs, what }) => `${atMs} ${what}`)

test('a seed gives the same schedule again, and another seed another one', () => {
  expect(told(7)).toEqual(told(7))
  expect(told(7)).not.toEqual(told(8))
})

test('the last quarter of the time stays quiet', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    for (const { atMs } of scheduleFaults(seededRandom(seed), 20_000)) {
      expect(atMs).toBeGreaterThanOrEqual(1000)
      expect(atMs).toBeLessThanOrEqual(15_000)
    }
  }
})

test('twenty seeds meet every kind of trouble', () => {
  const all = Array.from({ length: 20 }, (_, seed) => told(seed + 1))
    .flat()
    .join('\n')
  for (const kind of [
    /kill -9 (order|payment|inventory)/,
    /every process/,
    /freeze postgres/,
    /dies at/,
    /freeze (order|payment|inventory)/,
    /redis, keeping/,
    /redis, losing its data/,
    /redis, losing the last/,
    /immediate stop of postgres/,
    /freeze one/,
    /terminate every/,
    /delay for/,
    /open but silent/,
    /torn after/,
    /: cut/,
    /the provider: /,
    /forged/,
    /again, shuffled/,
    /in another order/,
    /trimmed/,
    /buyers of one product in one moment/,
    /last ten pieces/,
    /times in one moment/,
    /freeze .* and /,
    /FLUSHALL/,
    /(edit|return|followup|refund)\.[a-z_]+, the/,
  ])
    expect(all).toMatch(kind)
})

test('shuffling keeps every item', () => {
  const items = Array.from({ length: 100 }, (_, index) => index)
  expect(shuffled(seededRandom(3), items)).not.toEqual(items)
  expect(shuffled(seededRandom(3), items).sort((a, b) => a - b)).toEqual(items)
})
