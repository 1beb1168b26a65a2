import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { inheritedEnv } from '../env.ts'
import { run } from '../run.ts'
import type { Settings } from '../settings.ts'
import type { Part } from './part.ts'

const Report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
})

export type PlaywrightOptions = {
  name: string
  root: string
  /** The shop that is open for them. */
  settings: Settings
  chromium: string
  reportFolder: string
  signal: AbortSignal
}

/** The journeys in e2e/, against a shop that runs. */
export function playwrightPart({
  name,
  root,
  settings,
  chromium,
  reportFolder,
  signal,
}: PlaywrightOptions): Part {
  return {
    name,
    run: async () => {
      const reportFile = join(reportFolder, `playwright-${name}.json`)
      const { code, output } = await run(
        process.execPath,
        [
          join(root, 'node_modules/@playwright/test/cli.js'),
          'test',
          '--config=e2e/playwright.config.ts',
          '--reporter=list,json',
        ],
        {
          cwd: root,
          env: {
            ...inheritedEnv(),
            ...journeyEnv(settings, chromium),
            PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile,
            NO_COLOR: '1',
            CI: '1',
          },
          signal,
          onOutput: show,
        },
      )
      const report = await readFile(reportFile, 'utf8').catch(() => undefined)
      if (report === undefined) throw new Error(`Playwright wrote no report:\n${output.trim()}`)
      const counts = countPlaywright(report, code)
      return { ...counts, report: '' }
    },
  }
}

/** What a journey may know of the shop it walks through. */
export function journeyEnv(settings: Settings, chromium: string): Record<string, string> {
  return {
    WEB_URL: settings.webUrl,
    ADMIN_URL: settings.adminUrl,
    GATEWAY_URL: settings.gatewayUrl,
    SANDBOX_URL: settings.sandboxUrl,
    SANDBOX_API_KEY: settings.secrets.sandboxApiKey,
    SOUK_DEMO_PASSWORD: settings.env.SOUK_DEMO_PASSWORD,
    CHROMIUM_PATH: chromium,
    ...stripeEnv(settings),
  }
}

/** For a shop whose cards go to Stripe: the journey plays Stripe itself. */
function stripeEnv({ env }: Settings): Record<string, string> {
  const { STRIPE_API_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env
  if (!STRIPE_API_URL || !STRIPE_SECRET_KEY || !STRIPE_WEBHOOK_SECRET) return {}
  return { STRIPE_API_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }
}

/** A journey that passed only when repeated has failed: customers do not get a second try. */
export function countPlaywright(json: string, exitCode: number | null) {
  const { stats, errors } = Report.parse(JSON.parse(json))
  const failed = stats.unexpected + stats.flaky + errors.length
  return {
    passed: stats.expected,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: stats.skipped,
  }
}

/** Shown as it comes: a long part should not look like a hung one. */
const show = (text: string): void => {
  process.stdout.write(text)
}
