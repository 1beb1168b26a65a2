import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShopEvent } from './catalog.ts'
import { dispatch, inRuns, type Subscriptions } from './inbox.ts'

const names = ['stock.level_changed', 'order.confirmed', 'order.failed'] as const
const events = fc
  .array(fc.constantFrom(...names), { maxLength: 30 })
  .map((given) => given.map((name, index) => ({ id: String(index), name }) as ShopEvent))

/** Two that take their events together and one that takes them singly; `heard` is one entry a call. */
function listening() {
  const heard: string[][] = []
  const together = { together: async (run: readonly ShopEvent[]) => void heard.push(run.map(({ id }) => id)) }
  const subscriptions: Subscriptions = {
    'stock.level_changed': together,
    'order.confirmed': together,
    'order.failed': async ({ id }) => void heard.push([id]),
  }
  return { heard, subscriptions }
}

async function hear(given: readonly ShopEvent[]): Promise<string[][]> {
  const { heard, subscriptions } = listening()
  for (const run of inRuns(subscriptions, given))
    await dispatch(subscriptions, run, { query: async () => [] })
  return heard
}

describe('events that are handled together', () => {
  test('are handled once each, in the order they came', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (given) => {
        expect((await hear(given)).flat()).toEqual(given.map(({ id }) => id))
      }),
    )
  })

  test('share a call with their neighbours of the same name, and only with them', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (given) => {
        const changes = given.filter(
          ({ name }, index) => name === 'order.failed' || given[index - 1]?.name !== name,
        )
        expect(await hear(given)).toHaveLength(changes.length)
      }),
    )
  })
})
