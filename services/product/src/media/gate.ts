import { AppError } from '@souk/kernel/errors'

export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Lets `atOnce` pieces of work run; the next `mayWait` wait their turn and the rest are refused. */
export function createGate(atOnce: number, mayWait: number): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= mayWait) {
        throw new AppError(
          'UNAVAILABLE',
          'Too many pictures are being drawn. Please try again in a moment.',
          {
            details: { reason: 'unavailable', retryAfterSeconds: 2 },
          },
        )
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
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
  }
}
