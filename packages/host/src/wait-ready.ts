import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from './problem.ts'

export type Waiting = {
  name: string
  /** Resolves when it is ready, rejects or answers false while it is not. */
  isReady: () => Promise<boolean>
  /** A sentence when it will never be ready. */
  hopeless?: () => string | undefined
}

/** Waits until all are ready; `tell` hears the names still missing. */
export async function waitReady(
  waiting: readonly Waiting[],
  options: { deadlineMs: number; signal?: AbortSignal; tell?: (missing: string[]) => void },
): Promise<void> {
  const deadline = Date.now() + options.deadlineMs
  let missing = [...waiting]
  while (missing.length > 0) {
    options.signal?.throwIfAborted()
    const ready = await Promise.all(missing.map((one) => one.isReady().catch(() => false)))
    missing = missing.filter((_, index) => !ready[index])
    for (const one of missing) {
      const reason = one.hopeless?.()
      if (reason) throw new Problem(reason)
    }
    const names = missing.map((one) => one.name)
    options.tell?.(names)
    if (missing.length > 0 && Date.now() > deadline) {
      throw new Problem(`Not ready after ${options.deadlineMs / 1000} s: ${names.join(', ')}.`)
    }
    if (missing.length > 0) await delay(100, undefined, { signal: options.signal })
  }
}

/** Whether an address answers with a 2xx within two seconds. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  await response.body?.cancel()
  return response.ok
}
