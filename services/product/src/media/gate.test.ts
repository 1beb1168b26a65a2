import { isAppError } from '@souk/kernel/errors'
import { expect, it } from 'vitest'
import { createGate } from './gate.ts'

it('lets so many work at once, so many wait, and refuses the rest until there is room', async () => {
  const gate = createGate(2, 1)
  let running = 0
  let most = 0
  const releases: (() => void)[] = []
  const work = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => releases.push(resolve))
    running -= 1
  }
  const three = [gate(work), gate(work), gate(work)]
  const refused = await gate(work).catch((error: unknown) => error)
  expect(isAppError(refused, 'UNAVAILABLE')).toBe(true)
  releases[0]?.()
  await three[0]
  expect(running).toBe(2)
  releases[1]?.()
  releases[2]?.()
  await Promise.all(three)
  expect({ running, most }).toEqual({ running: 0, most: 2 })
  await expect(gate(async () => 'again')).resolves.toBe('again')
})

it('gives its place back when the work fails', async () => {
  const gate = createGate(1, 0)
  await expect(gate(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(gate(async () => 1)).resolves.toBe(1)
})
