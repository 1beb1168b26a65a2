import type { ChaosResult } from './run-chaos.ts'

export const reportHead = `| Seed | Faults | Purchases begun | Requests | Ordered | Refused | Cancelled | Refunds | Rows looked at | Settled after | Verdict |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
`

/** One line of the table in docs/reliability.md. */
export function reportRow(result: ChaosResult): string {
  const { purchases, audit } = result
  const refused = Object.entries(purchases)
    .filter(([name]) => name.startsWith('refused'))
    .reduce((sum, [, count]) => sum + count, 0)
  const broken = audit.filter(({ offences }) => offences.length > 0).map(({ id }) => id)
  if (result.contradictions.length > 0) broken.push('I21')
  const cells = [
    result.seed,
    result.faults.length,
    (purchases.ordered ?? 0) + refused + (purchases.unknown ?? 0),
    result.requests,
    purchases.ordered ?? 0,
    refused,
    purchases.cancelled ?? 0,
    purchases.refunds ?? 0,
    audit.reduce((sum, { looked }) => sum + looked, 0),
    `${(result.settledMs / 1000).toFixed(1)} s`,
    result.isClean ? 'clean' : `broken: ${broken.join(', ')}`,
  ]
  return `| ${cells.join(' | ')} |\n`
}
