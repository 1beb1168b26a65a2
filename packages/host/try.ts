import { existsSync } from 'node:fs'
import { launch } from './src/launch.ts'
import { processes } from './src/processes.ts'
import { createProgress } from './src/progress.ts'
import { readSettings } from './src/settings.ts'

const settings = await readSettings({ environment: { SOUK_DATA: '/tmp/souk-try', SOUK_PORT_OFFSET: '1000' } })
const progress = createProgress()
const stop = new AbortController()
const list = processes
  .filter((p) => p.kind !== 'app' && existsSync(`${settings.root}/${p.folder}/src/main.ts`))
  .map((p) => ({ ...p, seeded: existsSync(`${settings.root}/${p.folder}/src/seed.ts`) }))
console.log(list.map((p) => p.name).join(' '))
const shop = await launch({
  settings,
  progress,
  signal: stop.signal,
  tell: console.log,
  processes: list,
  fresh: process.argv.includes('--fresh'),
}).catch((e) => {
  console.log(e)
  process.exit(1)
})
console.log('up', progress.elapsedSeconds())
if (process.argv.includes('--stay')) await new Promise((r) => process.on('SIGINT', r))
const t = Date.now()
await shop.stop()
console.log('stopped', Date.now() - t)
process.exit(0)
