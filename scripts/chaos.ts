import { appendFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeAudit } from '@souk/audit/run-audit'
import { reportHead, reportRow } from '@souk/chaos/report'
import { runChaos } from '@souk/chaos/run-chaos'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    clients: { type: 'string', default: '12' },
    /** A file that gets a table with one row per seed. */
    report: { type: 'string' },
    /** Leaves the data and logs of a broken run. */
    keep: { type: 'boolean', default: false },
  },
})
const firstSeed = Number(values.seed)
const count = Number(values.seeds)
const loadMs = Number(values.minutes) * 60_000
const clients = Number(values.clients)
if (![firstSeed, count, loadMs, clients].every((value) => Number.isFinite(value) && value > 0)) {
  console.error(
    'Usage: npm run chaos -- --seed 1 --seeds 1 --minutes 1 --clients 12 [--report table.md] [--keep]',
  )
  process.exit(1)
}
if (values.report !== undefined) writeFileSync(values.report, reportHead)

let isClean = true
for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
  console.log(`\nSeed ${seed}: ${clients} clients for ${values.minutes} min`)
  const result = await runChaos({
    seed,
    loadMs,
    clients,
    tell: (line) => console.log(line),
    keepsBroken: values.keep,
  })
  console.log(`\n${describeAudit(result.audit)}`)
  for (const sentence of result.contradictions) console.log(`FAIL I21  ${sentence}`)
  if (result.contradictions.length === 0)
    console.log('ok   I21  every client was told the truth, and the provider knows the same sums')
  console.log(
    `\nSeed ${seed}: ${JSON.stringify(result.purchases)}, settled ${(result.settledMs / 1000).toFixed(1)} s after the load: ${result.isClean ? 'clean' : 'BROKEN'}`,
  )
  if (values.report !== undefined) appendFileSync(values.report, reportRow(result))
  if (!result.isClean)
    console.log(
      `Run it again with: npm run chaos -- --seed ${seed} --minutes ${values.minutes} --clients ${clients}`,
    )
  isClean &&= result.isClean
}
process.exit(isClean ? 0 : 1)
