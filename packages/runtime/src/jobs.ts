import { randomUUID } from 'node:crypto'
import type { Log } from '@souk/service/log'
import { backgroundScope, runInRequest } from '@souk/service/request'
import { createWaker, type Waker } from './waker.ts'

/** Work that repeats for ever. Each run must be safe beside the same run in another instance. */
export type Job<Context> = {
  name: string
  everyMs: number
  run: (context: Context) => Promise<void>
  /** Ends the pause early; without it the job runs at its own pace. */
  waker?: Waker
}

/** Runs each job after its pause, never twice at once in this process; a failure is logged and the next run comes. */
export function startJobs<Context>(jobs: readonly Job<Context>[], context: Context, log: Log) {
  const stopping = new AbortController()
  const loops = jobs.map(async (job) => {
    const { pause } = job.waker ?? createWaker()
    while (await pause(job.everyMs * (0.8 + Math.random() * 0.4), stopping.signal)) {
      try {
        await runInRequest(backgroundScope(job.name, randomUUID()), async () => await job.run(context))
      } catch (error) {
        log.warn({ err: error, job: job.name }, 'job failed; it runs again later')
      }
    }
  })
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
