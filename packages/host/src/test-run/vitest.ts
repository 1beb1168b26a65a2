import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { inheritedEnv } from '../env.ts'
import { run } from '../run.ts'
import type { Part } from './part.ts'

const Report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})

export type VitestOptions = {
  root: string
  project: string
  env: Record<string, string>
  reportFolder: string
  signal: AbortSignal
}

/** One project of vitest.config.ts, counted from the machine's report rather than from what is printed. */
export function vitestPart({ root, project, env, reportFolder, signal }: VitestOptions): Part {
  return {
    name: project,
    run: async () => {
      const reportFile = join(reportFolder, `vitest-${project}.json`)
      await rm(reportFile, { force: true })
      const { code, output } = await run(
        process.execPath,
        [
          join(root, 'node_modules/vitest/vitest.mjs'),
          'run',
          `--project=${project}`,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${reportFile}`,
        ],
        { cwd: root, env: { ...inheritedEnv(), ...env, NO_COLOR: '1', CI: '1' }, signal, onOutput: show },
      )
      const report = await readFile(reportFile, 'utf8').catch(() => undefined)
      if (report === undefined) throw new Error(`vitest wrote no report:\n${output.trim()}`)
      const counts = countVitest(report, code)
      return { ...counts, report: '' }
    },
  }
}

/** A file that could not even be loaded, or an error outside of any test, is one failure. */
export function countVitest(json: string, exitCode: number | null) {
  const report = Report.parse(JSON.parse(json))
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const failed = report.numFailedTests + unloaded
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (exitCode !== 0 || !report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Shown as it comes: a long part should not look like a hung one. */
const show = (text: string): void => {
  process.stdout.write(text)
}
