import type { AuditState } from '@souk/api/contract'

/** One sentence for those who only want to know whether all is well. */
export function auditSentence(
  { latest, running, everySeconds }: AuditState,
  timeText: (iso: string) => string,
): string {
  if (running) return `Running: ${running.done} of ${running.of} checks done.`
  const often = everySeconds % 60 === 0 ? `${everySeconds / 60} minutes` : `${everySeconds} seconds`
  const pace = `It runs every ${often}, and when you ask.`
  if (!latest) return `No run has finished since the process was started. ${pace}`
  const broken = latest.checks.filter(({ offences }) => offences.length > 0).length
  const unread = latest.checks.filter(({ problem }) => problem !== null).length
  const parts = [
    ...(broken > 0 ? [`${broken} of ${latest.checks.length} invariants broken`] : []),
    ...(unread > 0 ? [`${unread} of ${latest.checks.length} not read`] : []),
  ]
  const verdict = parts.length === 0 ? 'every invariant holds' : parts.join(', ')
  return `Last run at ${timeText(latest.finishedAt)}: ${verdict}. ${pace}`
}
