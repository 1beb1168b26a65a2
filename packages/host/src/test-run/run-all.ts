import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Shop } from '../launch.ts'
import { findFreeOffset, type Ports, portsAt } from '../ports.ts'
import { createProgress } from '../progress.ts'
import { projectRoot, readSettings } from '../settings.ts'
import { findChromium } from './browser.ts'
import { type Part, type PartResult, runPart, summary, verdict } from './part.ts'
import { playwrightPart } from './playwright.ts'
import { startTestServers } from './servers.ts'
import { lintPart, typesPart } from './static.ts'
import { vitestPart } from './vitest.ts'

const firstOffset = 20_000

type TestRun = {
  folder: string
  signal: AbortSignal
  note: (sentence: string) => void
  results: PartResult[]
}

/** Everything `npm test` runs, beside whatever else runs on this machine; answers the exit code. */
export async function runAllTests(): Promise<number> {
  const startedAt = Date.now()
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort(new Error('The test run was stopped.')))
  }
  const folder = mkdtempSync(join(tmpdir(), 'souk-test-'))
  // PostgreSQL runs as another user when we are root, and has to pass.
  chmodSync(folder, 0o755)
  const note = (sentence: string) => console.log(`  ${elapsed(startedAt)}  ${sentence}`)
  const run: TestRun = { folder, signal: stopping.signal, note, results: [] }
  try {
    await runParts(run)
  } catch (error) {
    if (!stopping.signal.aborted) throw error
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  console.log(`\n${summary(run.results)}\n  in ${elapsed(startedAt).trim()}\n`)
  console.log(verdict(run.results))
  return stopping.signal.aborted || run.results.some(({ failed }) => failed > 0) ? 1 : 0
}

async function runParts(run: TestRun): Promise<void> {
  await step(run, typesPart(projectRoot, run.signal))
  await step(run, lintPart(projectRoot, run.signal))
  await stepWithServers(run, ['rules', 'house', 'service', 'shop'])
  await step(run, journeys(run, 'journeys'))
  await step(run, journeys(run, 'stripe', stripeSettings))
}

async function step(run: TestRun, part: Part): Promise<void> {
  run.signal.throwIfAborted()
  run.note(`${part.name} ...`)
  const result = await runPart(part)
  run.results.push(result)
  if (result.report) console.log(`\n${result.report}\n`)
  run.note(`${part.name}: ${result.passed} passed, ${result.failed} failed`)
}

async function stepWithServers(run: TestRun, projects: readonly string[]): Promise<void> {
  const folder = join(run.folder, 'servers')
  const servers = startTestServers(folder, portsAt(await findFreeOffset(firstOffset)), run.signal)
  // Whoever needs them meets the failure; here it must only not end the process.
  servers.catch(() => undefined)
  try {
    for (const project of projects) {
      await step(run, {
        name: project,
        run: async () => {
          const { env } = await servers
          const { folder: reportFolder, signal } = run
          return vitestPart({ root: projectRoot, project, env, reportFolder, signal }).run()
        },
      })
    }
  } finally {
    await servers.then(
      (started) => started.stop(),
      () => undefined,
    )
  }
}

type MoreSettings = (ports: Ports) => Record<string, string>

/** The whole shop as customers meet it: real processes, built apps, a browser. The second time it opens with its data. */
function journeys(run: TestRun, name: string, more: MoreSettings = () => ({})): Part {
  return {
    name,
    run: async () => {
      const chromium = await findChromium(run.note)
      const shop = await openShop(run, more)
      try {
        const { settings } = shop
        return await playwrightPart({
          name,
          root: projectRoot,
          settings,
          chromium,
          reportFolder: run.folder,
          signal: run.signal,
        }).run()
      } finally {
        await shop.stop()
      }
    },
  }
}

/** A shop that takes cards by Stripe, which the journey plays on a port beside the shop's own. */
const stripeSettings: MoreSettings = ({ sandbox }) => ({
  STRIPE_SECRET_KEY: 'sk_test_of_the_stripe_in_tests',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_the_stripe_in_tests',
  STRIPE_API_URL: `http://127.0.0.1:${sandbox + 1}`,
})

async function openShop(run: TestRun, more: MoreSettings): Promise<Shop> {
  const offset = await findFreeOffset(firstOffset)
  const settings = await readSettings({
    environment: {
      SOUK_DATA: join(run.folder, 'shop'),
      SOUK_PORT_OFFSET: String(offset),
      LOG_LEVEL: 'warn',
      ...more(portsAt(offset)),
    },
  })
  const progress = createProgress()
  try {
    return await launch({ settings, progress, signal: run.signal, tell: run.note })
  } finally {
    progress.end()
  }
}

function elapsed(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(0).padStart(4)} s`
}
