import { expect, test } from 'vitest'
import { runPart, summary, verdict } from './part.ts'
import { countPlaywright } from './playwright.ts'
import { countVitest } from './vitest.ts'

const found = (passed: number, failed = 0) => ({
  name: 'part',
  run: async () => ({ passed, failed, skipped: 0, report: '' }),
})

test('a part that ran no test has failed', async () => {
  expect(await runPart(found(0))).toMatchObject({
    passed: 0,
    failed: 1,
    report: expect.stringContaining('no test'),
  })
})

test('a part that breaks is one failure and says why', async () => {
  const broken = { name: 'shop', run: () => Promise.reject(new Error('no server')) }
  expect(await runPart(broken)).toMatchObject({ failed: 1, report: expect.stringContaining('no server') })
})

test('the last line adds up every part', async () => {
  const results = [await runPart(found(12)), await runPart(found(3, 2))]
  expect(verdict(results)).toBe('15 passed, 2 failed')
  expect(summary(results)).toMatch(/✓ part +12 passed, 0 failed[\s\S]*✗ part +3 passed, 2 failed/)
})

const vitest = (report: object) =>
  JSON.stringify({
    success: true,
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...report,
  })

test.each([
  ['all pass', vitest({ numPassedTests: 4, numPendingTests: 1 }), 0, { passed: 4, failed: 0, skipped: 1 }],
  [
    'one fails',
    vitest({ success: false, numPassedTests: 4, numFailedTests: 1 }),
    1,
    { passed: 4, failed: 1, skipped: 0 },
  ],
  [
    'a file cannot be loaded',
    vitest({ success: false, numPassedTests: 4, testResults: [{ status: 'failed', assertionResults: [] }] }),
    1,
    { passed: 4, failed: 1, skipped: 0 },
  ],
  ['an error outside of any test', vitest({ numPassedTests: 4 }), 1, { passed: 4, failed: 1, skipped: 0 }],
  [
    'it says so itself',
    vitest({ success: false, numPassedTests: 4 }),
    0,
    { passed: 4, failed: 1, skipped: 0 },
  ],
])('vitest: %s', (_, json, exitCode, counts) => {
  expect(countVitest(json, exitCode)).toEqual(counts)
})

const playwright = (stats: object, errors: unknown[] = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

test.each([
  ['all pass', playwright({ expected: 7 }), 0, { passed: 7, failed: 0, skipped: 0 }],
  [
    'passing at the second try is a failure',
    playwright({ expected: 6, flaky: 1 }),
    0,
    { passed: 6, failed: 1, skipped: 0 },
  ],
  ['a file cannot be loaded', playwright({}, [{ message: 'no' }]), 1, { passed: 0, failed: 1, skipped: 0 }],
  ['it was killed', playwright({ expected: 2 }), null, { passed: 2, failed: 1, skipped: 0 }],
])('playwright: %s', (_, json, exitCode, counts) => {
  expect(countPlaywright(json, exitCode)).toEqual(counts)
})
