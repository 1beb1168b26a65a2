import { gauge } from '@souk/service/metrics'
import type { AuditReport } from './contract.ts'

const offences = gauge(
  'souk_audit_offences',
  'Rows that break an invariant in the last run, at most 20 a check. Absent for a check that could not be finished.',
  ['check'],
)
const lookedAt = gauge('souk_audit_looked_at', 'Rows that the check looked at in the last run.', ['check'])
const unfinished = gauge('souk_audit_checks_unfinished', 'Checks that the last run could not finish.')
const finishedAt = gauge('souk_audit_run_timestamp_seconds', 'When the last run ended.')

export function measure(report: AuditReport): void {
  offences.reset()
  lookedAt.reset()
  for (const { id, looked, offences: found, problem } of report.checks) {
    if (problem !== null) continue
    offences.set({ check: id }, found.length)
    lookedAt.set({ check: id }, looked)
  }
  unfinished.set(report.checks.filter(({ problem }) => problem !== null).length)
  finishedAt.set(Date.parse(report.finishedAt) / 1000)
}
