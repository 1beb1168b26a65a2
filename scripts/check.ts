import { projectRoot } from '@souk/host/settings'
import { runPart, summary } from '@souk/host/test-run/part'
import { lintPart, typesPart } from '@souk/host/test-run/static'

const results = [await runPart(lintPart(projectRoot)), await runPart(typesPart(projectRoot))]
for (const { report } of results) if (report) console.error(`${report}\n`)
console.log(summary(results))
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0)
