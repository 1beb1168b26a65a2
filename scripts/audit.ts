import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { asMetrics } from '@souk/audit/metrics'
import { type CheckResult, describeAudit, runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { addressesOf } from '@souk/host/addresses'
import { localUrl, readSettings } from '@souk/host/settings'

const { values } = parseArgs({
  options: {
    /** Prints the results as JSON, for another program. */
    json: { type: 'boolean', default: false },
    /** A file that gets the results as Prometheus metrics, for a textfile collector. */
    metrics: { type: 'string' },
    /** Seconds between two audits; without it one is run. */
    every: { type: 'string' },
  },
})
const everySeconds = values.every === undefined ? undefined : Number(values.every)
if (everySeconds !== undefined && !(everySeconds >= 1)) {
  console.error('Usage: npm run audit -- [--json] [--metrics souk-audit.prom] [--every 300]')
  process.exit(1)
}

const settings = await readSettings()
const { databaseUrls, redisUrl } = addressesOf(settings)
const sandbox = { url: localUrl(settings, 'sandbox'), apiKey: settings.secrets.sandboxApiKey }

async function audit(): Promise<CheckResult[]> {
  const sources = await openSources(databaseUrls, redisUrl, { sandbox })
  try {
    return await runAudit(sources)
  } finally {
    await sources.close()
  }
}

function tell(results: readonly CheckResult[]): boolean {
  const broken = results.filter(({ offences }) => offences.length > 0)
  if (values.json) console.log(JSON.stringify({ at: new Date().toISOString(), checks: results }))
  else {
    console.log(describeAudit(results))
    const verdict =
      broken.length === 0 ? 'Every invariant holds.' : `Broken: ${broken.map(({ id }) => id).join(', ')}`
    console.log(`\n${verdict}`)
  }
  if (values.metrics !== undefined) {
    // Renamed into place, so that a collector never reads half of it.
    writeFileSync(`${values.metrics}.new`, asMetrics(results, new Date()))
    renameSync(`${values.metrics}.new`, values.metrics)
  }
  return broken.length === 0
}

for (;;) {
  const results = await audit().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : error
    console.error(`The shop's data cannot be read (${reason}). Start it with npm start.`)
    return undefined
  })
  const isSound = results !== undefined && tell(results)
  if (everySeconds === undefined) process.exit(isSound ? 0 : 1)
  await delay(everySeconds * 1000)
}
