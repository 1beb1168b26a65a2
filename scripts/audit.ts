import { describeAudit, runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { addressesOf } from '@souk/host/addresses'
import { readSettings } from '@souk/host/settings'

const { databaseUrls, redisUrl } = addressesOf(await readSettings())
const sources = await openSources(databaseUrls, redisUrl).catch((error: unknown) => {
  console.error(
    `The shop's data cannot be reached (${error instanceof Error ? error.message : error}). Start it with npm start.`,
  )
  process.exit(1)
})
const results = await runAudit(sources)
await sources.close()
console.log(describeAudit(results))
const broken = results.filter(({ offences }) => offences.length > 0)
console.log(
  broken.length === 0 ? '\nEvery invariant holds.' : `\nBroken: ${broken.map(({ id }) => id).join(', ')}`,
)
process.exit(broken.length === 0 ? 0 : 1)
