import { afterSaleChecks } from './after-sale-checks.ts'
import type { Check, Offence, Sources } from './check.ts'
import { eventChecks } from './event-checks.ts'
import { followUpChecks } from './follow-up-checks.ts'
import { moneyChecks } from './money-checks.ts'
import { orderChecks } from './order-checks.ts'
import { promotionChecks } from './promotion-checks.ts'
import { stockChecks } from './stock-checks.ts'

export const checks: readonly Check[] = [
  ...stockChecks,
  ...moneyChecks,
  ...orderChecks,
  ...afterSaleChecks,
  ...followUpChecks,
  ...promotionChecks,
  ...eventChecks,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))

export type CheckResult = {
  id: string
  title: string
  looked: number
  offences: Offence[]
  /** What could not be looked at. */
  remark?: string
}

export async function runAudit(sources: Sources, options: { retries?: number } = {}): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) results.push(await runCheck(check, sources, options))
  return results
}

/**
 * Runs a check, and again after a second when it found something: on a live shop a purchase may be half-way
 * between two databases at the moment of reading.
 */
export async function runCheck(
  check: Check,
  sources: Sources,
  { retries = 5 }: { retries?: number } = {},
): Promise<CheckResult> {
  for (let attempt = 0; ; attempt += 1) {
    const found = await check.run(sources)
    if (found.offences.length === 0 || attempt >= retries)
      return { id: check.id, title: check.title, ...found }
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

/** One line a check, with the rows that offend below it. */
export function describeAudit(results: readonly CheckResult[]): string {
  return results
    .flatMap(({ id, title, looked, offences, remark }) => [
      `${offences.length === 0 ? 'ok  ' : 'FAIL'} ${id.padEnd(4)} ${title} (${looked} looked at${remark ? `; ${remark}` : ''})`,
      ...offences.map(({ what, row }) => `            ${what}: ${JSON.stringify(row)}`),
    ])
    .join('\n')
}
