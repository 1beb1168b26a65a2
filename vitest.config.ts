import { defineConfig } from 'vitest/config'

const excluded = ['**/node_modules/**', '**/.next/**', '**/.releases/**', '**/generated/**']

/** Rules need nothing; service and shop tests need SOUK_TEST_DATABASE_URL and SOUK_TEST_REDIS_URL, which npm test sets. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'rules',
          include: ['{apps,packages,services}/**/src/**/*.test.{ts,tsx}'],
          exclude: excluded,
          // Properties try hundreds of cases; a slow machine gets the time it needs.
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'house', include: ['scripts/*.test.ts'], exclude: excluded, testTimeout: 30_000 },
      },
      {
        test: {
          name: 'service',
          include: ['services/*/test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: [...excluded, 'packages/testing/test/**'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'shop',
          include: ['packages/testing/test/**/*.test.ts'],
          exclude: excluded,
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
