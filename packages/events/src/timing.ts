/** How often and how long, in milliseconds. Tests shorten some of them. */
export type Timing = {
  /** Between two looks at the outbox when nobody woke the relay. */
  pollMs: number
  /** Pause after a batch, in which more gather: under load many share one round trip, alone none waits. */
  gatherMs: number
  /** Between two tries to become the leader. */
  standbyMs: number
  /** A leader that is silent for so long loses its connection, and with it the lead. */
  leaderSilenceMs: number
  /** Pause after the first failure of an event; doubled by each further one. */
  retryMs: number
  /** Between two looks for what another consumer left behind. */
  claimEveryMs: number
  claimIdleMs: number
  /** Between two comparisons of what was published with what Redis remembers. */
  compareEveryMs: number
  /** Between two looks at what consumers ask to be sent again, and between two such requests of one. */
  againEveryMs: number
  /** So long an event waits for an earlier one of its aggregate, which then counts as lost. */
  gapMs: number
}

export const defaultTiming: Timing = {
  pollMs: 200,
  gatherMs: 60,
  standbyMs: 250,
  leaderSilenceMs: 10_000,
  retryMs: 100,
  claimEveryMs: 15_000,
  claimIdleMs: 30_000,
  compareEveryMs: 5_000,
  againEveryMs: 200,
  gapMs: 30_000,
}

/** A pause that can be cut short. A wake that comes between two pauses cuts the next one. */
export function createSleeper() {
  let isWoken = false
  let end: () => void = () => {}
  return {
    wake: () => {
      isWoken = true
      end()
    },
    sleep: async (ms: number, signal: AbortSignal) => {
      if (!isWoken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          end = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', end)
            resolve()
          }
          const timer = setTimeout(end, ms)
          signal.addEventListener('abort', end, { once: true })
        })
      }
      isWoken = false
    },
  }
}

/** Waits; ends early, without an error, when the signal says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await createSleeper().sleep(ms, signal)
}

/** Rejects when the work takes longer. The work itself goes on: whoever began it must bear that. */
export async function within<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
