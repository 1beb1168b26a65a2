import { AppError } from '@souk/kernel/errors'

export type Gate = { run<Result>(work: () => Promise<Result>): Promise<Result> }

/** Lets `atOnce` pieces of work in, lets `queued` more wait, and turns the rest away. */
export function createGate(limits: { atOnce: number; queued: number }): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    run: async (work) => {
      if (running >= limits.atOnce) {
        if (waiting.length >= limits.queued) throw busy()
        // The one who leaves hands its place over, so `running` stays as it is.
        await new Promise<void>((enter) => waiting.push(enter))
      } else {
        running += 1
      }
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}

function busy(): AppError {
  return new AppError('UNAVAILABLE', 'Many people are signing in right now. Please try again in a moment.', {
    details: { reason: 'unavailable', retryAfterSeconds: 2 },
  })
}
