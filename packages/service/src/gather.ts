import { AppError } from '@souk/kernel/errors'

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

export type GatherOptions<Item, Result> = {
  /** Does the work of many items at once; results in the order of the items. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Two items with one key never run together. Without it all may. */
  keyOf?: (item: Item) => string
  /** True for a failure that has nothing to do with the items. */
  isOutage: (error: unknown) => boolean
  maxItems: number
  maxWaiting: number
}

/**
 * Makes one call of many: what arrives while a call is under way goes together into the next one. Alone,
 * an item waits for nothing. When a call fails because of one item, each is done by itself and only the
 * guilty one fails.
 */
export function gather<Item, Result>(options: GatherOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let isRunning = false

  function takeNext(): Waiting<Item, Result>[] {
    const keys = new Set<string>()
    const taken: Waiting<Item, Result>[] = []
    const left: Waiting<Item, Result>[] = []
    for (const entry of waiting) {
      const key = options.keyOf?.(entry.item)
      const fits = taken.length < options.maxItems && (key === undefined || !keys.has(key))
      if (fits && key !== undefined) keys.add(key)
      ;(fits ? taken : left).push(entry)
    }
    waiting = left
    return taken
  }

  async function runTogether(entries: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await options.run(entries.map((entry) => entry.item))
      if (results.length !== entries.length) throw new Error('A gathered call must answer each of its items')
      for (const [index, result] of results.entries()) entries[index]?.resolve(result)
    } catch (error) {
      if (entries.length === 1 || options.isOutage(error)) for (const entry of entries) entry.reject(error)
      else for (const entry of entries) await runTogether([entry])
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runTogether(takeNext())
    isRunning = false
  }

  return async (item) =>
    await new Promise<Result>((resolve, reject) => {
      if (waiting.length >= options.maxWaiting) return reject(busy())
      waiting.push({ item, resolve, reject })
      if (isRunning) return
      isRunning = true
      // After this turn of the event loop, when the requests that came with it have arrived here too.
      setImmediate(() => void drain())
    })
}

function busy(): AppError {
  return new AppError('UNAVAILABLE', 'Too many buyers at once. Please try again in a moment.', {
    details: { reason: 'unavailable', retryAfterSeconds: 1 },
  })
}
