import { isAppError } from '@souk/kernel/errors'
import { describe, expect, it } from 'vitest'
import { createGate } from './gate.ts'

/** Work that ends when told to, and a count of how much runs at once. */
function workbench() {
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  return {
    work: async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
      return 'done'
    },
    endOne: async () => {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    most: () => most,
    running: () => running,
  }
}

describe('a gate', () => {
  it('lets so many in at once, the next when one leaves, and turns away whom the queue cannot hold', async () => {
    const gate = createGate({ atOnce: 2, queued: 3 })
    const bench = workbench()
    const admitted = Array.from({ length: 5 }, async () => await gate.run(bench.work))
    const turnedAway = await gate.run(bench.work).catch((error: unknown) => error)
    expect(isAppError(turnedAway, 'UNAVAILABLE') && turnedAway.details.retryAfterSeconds).toBe(2)
    expect(bench.running()).toBe(2)
    for (let left = 5; left > 0; left -= 1) await bench.endOne()
    expect(await Promise.all(admitted)).toEqual(Array(5).fill('done'))
    expect(bench.most()).toBe(2)
  })

  it('gives the place of work that failed to the next', async () => {
    const gate = createGate({ atOnce: 1, queued: 1 })
    const failed = gate.run(async () => await Promise.reject(new Error('broken')))
    const next = gate.run(async () => await Promise.resolve('fine'))
    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('fine')
    expect(await gate.run(async () => await Promise.resolve('again'))).toBe('again')
  })
})
