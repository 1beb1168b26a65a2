import { describe, expect, it } from 'vitest'
import { createWaker } from './waker.ts'

const long = 60_000

describe('a waker', () => {
  it('ends the pause that is under way', async () => {
    const waker = createWaker()
    const paused = waker.pause(long, new AbortController().signal)
    waker.wake()
    expect(await paused).toBe(true)
  })

  it('keeps a wake that comes between two pauses, once', async () => {
    const waker = createWaker()
    const { signal } = new AbortController()
    waker.wake()
    expect(await waker.pause(long, signal)).toBe(true)
    const second = waker.pause(long, signal)
    expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 30, 'asleep'))])).toBe(
      'asleep',
    )
    waker.wake()
    expect(await second).toBe(true)
  })

  it('answers false when stopping, at once', async () => {
    const stopping = new AbortController()
    const paused = createWaker().pause(long, stopping.signal)
    stopping.abort()
    expect(await paused).toBe(false)
    expect(await createWaker().pause(long, stopping.signal)).toBe(false)
  })

  it('ends by itself when its time has passed', async () => {
    expect(await createWaker().pause(5, new AbortController().signal)).toBe(true)
  })
})
