/** What one part of the test run found. */
export type Counts = { passed: number; failed: number; skipped: number }

export type PartResult = Counts & {
  name: string
  seconds: number
  /** What to read when something failed. */
  report: string
}

export type Part = { name: string; run: () => Promise<Counts & { report: string }> }

/** Runs one part; whatever it throws counts as one failure, and so does a part that ran no test. */
export async function runPart(part: Part): Promise<PartResult> {
  const startedAt = Date.now()
  const seconds = () => (Date.now() - startedAt) / 1000
  try {
    const found = await part.run()
    if (found.passed + found.failed > 0) return { name: part.name, seconds: seconds(), ...found }
    const report = `${found.report}\n${part.name} ran no test, which counts as a failure.`.trim()
    return { name: part.name, seconds: seconds(), ...found, failed: 1, report }
  } catch (error) {
    const report = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { name: part.name, seconds: seconds(), passed: 0, failed: 1, skipped: 0, report }
  }
}

export function summary(results: readonly PartResult[]): string {
  const rows = results.map(({ name, passed, failed, skipped, seconds }) => {
    const figures = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])]
    return `  ${failed > 0 ? '✗' : '✓'} ${name.padEnd(10)} ${figures.join(', ').padEnd(34)} ${seconds.toFixed(1)} s`
  })
  return rows.join('\n')
}

/** The last line of the run, which machines read. */
export function verdict(results: readonly PartResult[]): string {
  const total = (pick: (result: PartResult) => number) =>
    results.reduce((sum, result) => sum + pick(result), 0)
  return `${total((result) => result.passed)} passed, ${total((result) => result.failed)} failed`
}
