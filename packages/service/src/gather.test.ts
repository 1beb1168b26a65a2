import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

const outage = new Error('the database is away')

/** Doubles numbers, in as few calls as possible; each call ends when the test says so. */
function doubler(options: { maxItems?: number; maxWaiting?: number } = {}) {
  const calls: { items: readonly number[]; end: (error?: Error) => void }[] = []
  const double = gather<number, number>({
    run: async (items) => {
      await new Promise<void>((resolve, reject) => {
        calls.push({ items, end: (error) => (error ? reject(error) : resolve()) })
      })
      return items.map((item) => item * 2)
    },
    keyOf: String,
    isOutage: (error) => error === outage,
    maxItems: 100,
    maxWaiting: 1000,
    ...options,
  })
  /** Lets the event loop turn until the call of that number has begun. */
  const call = async (index: number) => {
    for (let turn = 0; turn < 100 && calls[index] === undefined; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    const found = calls[index]
    if (!found) throw new Error(`There was no call ${index}`)
    return found
  }
  return { double, call, calls }
}

describe('gathering', () => {
  it('takes together what comes in one turn, and then what came meanwhile', async () => {
    const { double, call, calls } = doubler()
    const first = [double(1), double(2)]
    const one = await call(0)
    const second = [double(3), double(4), double(5)]
    one.end()
    expect(await Promise.all(first)).toEqual([2, 4])
    const two = await call(1)
    two.end()
    expect(await Promise.all(second)).toEqual([6, 8, 10])
    expect(calls.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
  })

  it('never has two of one key in a call, and keeps their order', async () => {
    const { double, call, calls } = doubler()
    const answers = [double(7), double(8), double(7)]
    ;(await call(0)).end()
    ;(await call(1)).end()
    expect(await Promise.all(answers)).toEqual([14, 16, 14])
    expect(calls.map(({ items }) => items)).toEqual([[7, 8], [7]])
  })

  it('sends no more at once than it may, and refuses more than may wait', async () => {
    const { double, call, calls } = doubler({ maxItems: 2, maxWaiting: 3 })
    const answers = [double(1), double(2), double(3)]
    await expect(double(4)).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 1 } })
    ;(await call(0)).end()
    ;(await call(1)).end()
    expect(await Promise.all(answers)).toEqual([2, 4, 6])
    expect(calls.map(({ items }) => items.length)).toEqual([2, 1])
  })

  it('lets only the guilty one fail', async () => {
    const { double, call } = doubler()
    const answers = Promise.allSettled([double(1), double(2), double(3)])
    ;(await call(0)).end(new Error('2 is bad'))
    ;(await call(1)).end()
    ;(await call(2)).end(new Error('2 is bad'))
    ;(await call(3)).end()
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('fails all at once when nobody is guilty, and goes on afterwards', async () => {
    const { double, call, calls } = doubler()
    const answers = Promise.allSettled([double(1), double(2)])
    ;(await call(0)).end(outage)
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = double(1)
    ;(await call(1)).end()
    expect(await again).toBe(2)
    expect(calls).toHaveLength(2)
  })
})
