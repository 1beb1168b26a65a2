import type { Check, Sources } from '@souk/audit/check'
import { checks, runCheck } from '@souk/audit/run-audit'
import type { OpenSources } from '@souk/audit/sources'
import type { Clock } from '@souk/kernel/clock'
import type { Log } from '@souk/service/log'
import type { AuditedCheck, AuditReport, AuditState } from './contract.ts'

export type Auditor = {
  state(): AuditState
  begin(): AuditState
  /** Ends the run under way at its next question. */
  stop(): Promise<void>
}

/** Whoever asks again within this time sees the run that has just ended. */
const freshMs = 5000
const longestRunMs = 10 * 60_000

class OutOfTime extends Error {}

/** Runs the checks, one run at a time, and remembers what the last one found. */
export function createAuditor(options: {
  open: () => Promise<OpenSources>
  clock: Clock
  log: Log
  everySeconds: number
  onReport: (report: AuditReport) => void
}): Auditor {
  const { clock, log, everySeconds } = options
  let latest: AuditReport | null = null
  let running: AuditState['running'] = null
  let problem: string | null = null
  let ending: Promise<void> = Promise.resolve()
  let isStopping = false

  async function run(startedAt: Date): Promise<void> {
    const sources = await options.open()
    try {
      const isOver = () => isStopping || clock.now().getTime() - startedAt.getTime() > longestRunMs
      const bounded = endingWith(sources, isOver)
      const found: AuditedCheck[] = []
      for (const check of checks) {
        found.push(await answerOf(check, bounded, log))
        running = { startedAt: startedAt.toISOString(), done: found.length, of: checks.length }
      }
      if (isStopping) return
      latest = {
        startedAt: startedAt.toISOString(),
        finishedAt: clock.now().toISOString(),
        checks: found,
      }
      problem = null
      options.onReport(latest)
      const broken = found.filter(({ offences }) => offences.length > 0).map(({ id }) => id)
      if (broken.length > 0) log.error({ broken }, 'the audit found broken invariants')
    } finally {
      await sources.close()
    }
  }

  const state = (): AuditState => ({ latest, running, problem, everySeconds })
  return {
    state,
    begin: () => {
      const now = clock.now()
      const isFresh = latest !== null && now.getTime() - Date.parse(latest.finishedAt) < freshMs
      if (running === null && !isFresh && !isStopping) {
        running = { startedAt: now.toISOString(), done: 0, of: checks.length }
        ending = run(now)
          .catch((error: unknown) => {
            problem = 'Redis could not be reached, so nothing was checked.'
            log.warn({ err: error }, 'the audit could not be run')
          })
          .finally(() => {
            running = null
          })
      }
      return state()
    },
    stop: async () => {
      isStopping = true
      await ending
    },
  }
}

/** The same sources, which refuse once the run has to end: a check may ask many times. */
function endingWith(sources: Sources, isOver: () => boolean): Sources {
  return {
    ...sources,
    sql: async (database, text, values) => {
      if (isOver()) throw new OutOfTime('The run had to end')
      return await sources.sql(database, text, values)
    },
  }
}

/** A database that does not answer must not hide what the others say. */
async function answerOf(check: Check, sources: Sources, log: Log): Promise<AuditedCheck> {
  const { id, title } = check
  try {
    const { looked, offences, remark } = await runCheck(check, sources)
    const plain = offences.map(({ what, row }) => ({ what, row: asJson(row) }))
    return { id, title, looked, offences: plain, remark: remark ?? null, problem: null }
  } catch (error) {
    if (!(error instanceof OutOfTime)) log.warn({ err: error, check: id }, 'a check could not be finished')
    const problem =
      error instanceof OutOfTime ? 'The run took too long.' : 'A database or Redis could not be read.'
    return { id, title, looked: 0, offences: [], remark: null, problem }
  }
}

function asJson(row: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(row))
}
