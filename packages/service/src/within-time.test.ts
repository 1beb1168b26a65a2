import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withinTime } from './within-time.ts'

test('what answers in time is answered, and its signal never fires', async () => {
  let signal: AbortSignal | undefined
  const answer = await withinTime(20, async (given) => {
    signal = given
    return 'answer'
  })
  await delay(40)
  expect([answer, signal?.aborted]).toEqual(['answer', false])
})

test('what takes longer is aborted with a TimeoutError', async () => {
  const work = withinTime(5, async (signal) => await delay(60_000, undefined, { signal }))
  await expect(work).rejects.toMatchObject({ cause: { name: 'TimeoutError' } })
})
