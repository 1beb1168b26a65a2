import type { CheckResult } from './run-audit.ts'

/** The results in Prometheus' text format. */
export function asMetrics(results: readonly CheckResult[], at: Date): string {
  const perCheck = (name: string, help: string, read: (result: CheckResult) => number) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...results.map((result) => `${name}{check="${result.id}"} ${read(result)}`),
  ]
  return `${[
    ...perCheck(
      'souk_audit_offences',
      'Rows that break an invariant, at most 20 a check.',
      (result) => result.offences.length,
    ),
    ...perCheck('souk_audit_looked_at', 'Rows that the check looked at.', (result) => result.looked),
    '# HELP souk_audit_timestamp_seconds When the audit was run.',
    '# TYPE souk_audit_timestamp_seconds gauge',
    `souk_audit_timestamp_seconds ${Math.floor(at.getTime() / 1000)}`,
  ].join('\n')}\n`
}
