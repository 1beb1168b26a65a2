export type Waker = {
  wake(): void
  /** Waits for the time to pass or for a wake; false when stopping. */
  pause(ms: number, signal: AbortSignal): Promise<boolean>
}

/** Lets a commit start a job at once. A wake during a run is kept: the pause after that run ends at once. */
export function createWaker(): Waker {
  let isWoken = false
  let endPause = () => {}
  return {
    wake: () => {
      isWoken = true
      endPause()
    },
    pause: async (ms, signal) => {
      if (!isWoken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          endPause = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', endPause)
            resolve()
          }
          const timer = setTimeout(() => endPause(), ms)
          signal.addEventListener('abort', endPause, { once: true })
        })
      }
      isWoken = false
      return !signal.aborted
    },
  }
}
