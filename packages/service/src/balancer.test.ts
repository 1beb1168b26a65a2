import { AppError } from '@souk/kernel/errors'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBalancer } from './balancer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const hungUp = () => Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })

/** Instances that answer with their own address unless told to fail; every call to each is counted. */
function fleet(origins: string[]) {
  const failures = new Map<string, () => Error>()
  const calls: string[] = []
  const balancer = createBalancer(() => origins, 'order')
  const send = async (origin: string) => {
    calls.push(origin)
    const failure = failures.get(origin)
    if (failure) throw failure()
    return origin
  }
  const callsTo = (origin: string) => calls.filter((called) => called === origin).length
  return {
    failures,
    calls,
    callsTo,
    query: async () => await balancer.run(2, send),
    mutate: async () => await balancer.run(1, send),
    balancer,
  }
}

describe('choosing an instance', () => {
  it('spreads calls over all of them', async () => {
    const { query, callsTo } = fleet(['a', 'b', 'c'])
    for (let index = 0; index < 300; index += 1) await query()
    for (const origin of ['a', 'b', 'c']) expect(callsTo(origin)).toBeGreaterThan(60)
  })

  it('leaves a busy one alone when there is an idle one', async () => {
    const { balancer } = fleet(['busy', 'idle'])
    const finishers: (() => void)[] = []
    const seen: string[] = []
    const hold = async (origin: string) => {
      seen.push(origin)
      if (origin === 'busy') await new Promise<void>((resolve) => finishers.push(resolve))
    }
    const pending = Array.from({ length: 40 }, () => balancer.run(1, hold))
    await vi.advanceTimersByTimeAsync(1)
    const inFlight = seen.filter((origin) => origin === 'busy').length
    expect(inFlight).toBeGreaterThan(0)
    const before = seen.length
    for (let index = 0; index < 50; index += 1) await balancer.run(1, hold)
    expect(seen.slice(before).filter((origin) => origin === 'busy')).toEqual([])
    for (const finish of finishers) finish()
    await Promise.all(pending)
  })

  it('follows the list of live instances as it changes', async () => {
    const origins = ['a']
    const { query, calls } = fleet(origins)
    await query()
    origins.splice(0, 1, 'b')
    await query()
    expect(calls).toEqual(['a', 'b'])
  })

  it('answers that the part is not there when there is no instance at all', async () => {
    await expect(fleet([]).query()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      details: { reason: 'unavailable', service: 'order' },
    })
  })
})

describe('an instance that fails', () => {
  it('is replaced by another one for a query', async () => {
    const { failures, query, callsTo } = fleet(['bad', 'good'])
    failures.set('bad', hungUp)
    for (let index = 0; index < 20; index += 1) expect(await query()).toBe('good')
    expect(callsTo('good')).toBe(20)
  })

  it('is not replaced for a mutation that may have reached it', async () => {
    const { failures, mutate, calls } = fleet(['bad', 'worse'])
    for (const origin of ['bad', 'worse']) failures.set(origin, hungUp)
    await expect(mutate()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(calls).toHaveLength(1)
  })

  it('is replaced for a mutation that never left', async () => {
    const { failures, mutate, callsTo } = fleet(['gone', 'also gone', 'good'])
    failures.set('gone', refused)
    failures.set('also gone', refused)
    for (let index = 0; index < 30; index += 1) expect(await mutate()).toBe('good')
    expect(callsTo('good')).toBe(30)
  })

  it('ends in an answer when all of them are gone', async () => {
    const { failures, mutate, query, calls } = fleet(['gone', 'also gone'])
    for (const origin of ['gone', 'also gone']) failures.set(origin, refused)
    await expect(mutate()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(new Set(calls)).toEqual(new Set(['gone', 'also gone']))
    await expect(query()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('is left alone for two seconds after five failures in a row, then tried once', async () => {
    const { failures, query, callsTo } = fleet(['bad', 'good'])
    failures.set('bad', hungUp)
    for (let index = 0; index < 200; index += 1) await query()
    expect(callsTo('bad')).toBe(5)
    await vi.advanceTimersByTimeAsync(2100)
    for (let index = 0; index < 200; index += 1) await query()
    expect(callsTo('bad')).toBe(6)
    failures.delete('bad')
    await vi.advanceTimersByTimeAsync(2100)
    for (let index = 0; index < 200; index += 1) await query()
    expect(callsTo('bad')).toBeGreaterThan(50)
  })

  it('that rests costs no mutation, as long as another one is awake', async () => {
    const { failures, query, mutate } = fleet(['bad', 'good'])
    failures.set('bad', hungUp)
    for (let index = 0; index < 100; index += 1) await query()
    for (let index = 0; index < 100; index += 1) expect(await mutate()).toBe('good')
  })

  it('says when to come back when it is the only one and rests', async () => {
    const { failures, query, callsTo } = fleet(['bad'])
    failures.set('bad', hungUp)
    for (let index = 0; index < 10; index += 1)
      await expect(query()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    const before = callsTo('bad')
    await expect(query()).rejects.toMatchObject({ details: { retryAfterSeconds: 2 } })
    expect(callsTo('bad')).toBe(before)
  })
})

describe('an answer that is a refusal', () => {
  it('is passed on as it is, never repeated, and is no failure of the instance', async () => {
    const { failures, query, calls } = fleet(['a', 'b'])
    for (const origin of ['a', 'b'])
      failures.set(origin, () => new AppError('NOT_FOUND', 'There is no such order.'))
    for (let index = 0; index < 30; index += 1) {
      await expect(query()).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no such order.' })
    }
    expect(calls).toHaveLength(30)
  })

  it('that the instance is too busy is tried elsewhere, and keeps its sentence when all are', async () => {
    const { failures, query, calls } = fleet(['a', 'b'])
    for (const origin of ['a', 'b']) {
      failures.set(
        origin,
        () => new AppError('UNAVAILABLE', 'Too many buyers.', { details: { retryAfterSeconds: 7 } }),
      )
    }
    await expect(query()).rejects.toMatchObject({
      message: 'Too many buyers.',
      details: { retryAfterSeconds: 7 },
    })
    expect(new Set(calls)).toEqual(new Set(['a', 'b']))
  })
})

describe('the time of a call', () => {
  it('is shared with the next attempt only while there is another instance to try', async () => {
    const shares: number[] = []
    const note = async (_origin: string, attemptsLeft: number) => {
      shares.push(attemptsLeft)
      throw hungUp()
    }
    await createBalancer(() => ['a', 'b'], 'order')
      .run(2, note)
      .catch(() => {})
    await createBalancer(() => ['a'], 'order')
      .run(2, note)
      .catch(() => {})
    await createBalancer(() => ['a', 'b'], 'order')
      .run(1, note)
      .catch(() => {})
    expect(shares).toEqual([2, 1, 1, 1, 1])
  })
})
