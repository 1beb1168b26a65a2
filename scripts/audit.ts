import { parseArgs } from 'node:util'
import { type CheckResult, describeAudit, runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { addressesOf } from '@souk/host/addresses'
import { localUrl, readSettings } from '@souk/host/settings'

const { values } = parseArgs({
  // Prints the results as JSON, for another program.
  options: { json: { type: 'boolean', default: false } },
})

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
  return broken.length === 0
}

const results = await audit().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : error
  console.error(`The shop's data cannot be read (${reason}). Start it with npm start.`)
  return undefined
})
process.exit(results !== undefined && tell(results) ? 0 : 1)
