import { defineConfig } from '@playwright/test'

/** `npm test` opens a shop and sets these; to run journeys by hand against `npm start`, the defaults are enough. */
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const desktop = { viewport: { width: 1440, height: 900 } }
const byStripe = [{ name: 'stripe', testMatch: 'card-on-stripes-page.spec.ts', use: desktop }]
const bySandbox = [
  { name: 'desktop', testIgnore: 'card-on-stripes-page.spec.ts', use: desktop },
  {
    name: 'phone',
    testMatch: ['guest-buys-by-card.spec.ts', 'pages.spec.ts'],
    use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  },
]

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  use: {
    baseURL: process.env.WEB_URL ?? 'http://localhost:3000',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    },
  },
  projects: process.env.STRIPE_API_URL ? byStripe : bySandbox,
})
