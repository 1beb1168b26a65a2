import { createLog } from '@souk/service/log'
import { currentRequest } from '@souk/service/request'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startJobs } from './jobs.ts'
import { createWaker } from './waker.ts'

const log = createLog({ service: 'test', instance: '0', level: 'silent' })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a job', () => {
  it('runs again and again, each time after its pause, in a scope of its own', async () => {
    const scopes: (string | undefined)[] = []
    const run = async () => void scopes.push(currentRequest()?.requestId)
    const jobs = startJobs([{ name: 'count', everyMs: 1000, run }], {}, log)
    await vi.advanceTimersByTimeAsync(700)
    expect(scopes).toEqual([])
    await vi.advanceTimersByTimeAsync(11_300)
    expect(scopes.length).toBeGreaterThanOrEqual(9)
    expect(scopes.length).toBeLessThanOrEqual(15)
    expect(new Set(scopes).size).toBe(scopes.length)
    expect(scopes).not.toContain(undefined)
    await jobs.stop()
  })

  it('never runs beside itself, however long it takes', async () => {
    let running = 0
    let most = 0
    const run = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 5000))
      running -= 1
    }
    const jobs = startJobs([{ name: 'slow', everyMs: 100, run }], {}, log)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(most).toBe(1)
    const stopped = jobs.stop()
    await vi.advanceTimersByTimeAsync(6000)
    await stopped
  })

  it('goes on after a failure, and others do not notice', async () => {
    let failures = 0
    const successes: number[] = []
    const jobs = startJobs(
      [
        {
          name: 'fails',
          everyMs: 100,
          run: async () => {
            failures += 1
            throw new Error('no')
          },
        },
        { name: 'works', everyMs: 100, run: async () => void successes.push(1) },
      ],
      {},
      log,
    )
    await vi.advanceTimersByTimeAsync(2000)
    expect(failures).toBeGreaterThan(10)
    expect(successes.length).toBeGreaterThan(10)
    await jobs.stop()
  })

  it('is not begun after the stop, which waits for one that runs', async () => {
    let isDone = false
    let runs = 0
    const run = async () => {
      runs += 1
      await new Promise((resolve) => setTimeout(resolve, 500))
      isDone = true
    }
    const jobs = startJobs([{ name: 'slow', everyMs: 100, run }], {}, log)
    await vi.advanceTimersByTimeAsync(150)
    expect(runs).toBe(1)
    let isStopped = false
    const stopped = jobs.stop().then(() => {
      isStopped = true
    })
    await vi.advanceTimersByTimeAsync(100)
    expect(isStopped).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    await stopped
    expect(isDone).toBe(true)
    await vi.advanceTimersByTimeAsync(5000)
    expect(runs).toBe(1)
  })

  it('begins at once when it is woken', async () => {
    const runs: number[] = []
    const waker = createWaker()
    const jobs = startJobs(
      [{ name: 'woken', everyMs: 60_000, run: async () => void runs.push(1), waker }],
      {},
      log,
    )
    waker.wake()
    await vi.advanceTimersByTimeAsync(1)
    expect(runs).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(runs).toHaveLength(1)
    await jobs.stop()
  })
})
