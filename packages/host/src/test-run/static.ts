import { join } from 'node:path'
import { generateClients } from '@souk/db/generate'
import { inheritedEnv } from '../env.ts'
import { run } from '../run.ts'
import type { Part } from './part.ts'

/** Types of every workspace, from its cache where nothing changed, and of what lies outside of them. */
export function typesPart(root: string, signal?: AbortSignal): Part {
  return {
    name: 'types',
    run: async () => {
      await generateClients()
      const turbo = await run(
        bin(root, 'turbo'),
        ['run', 'check', '--concurrency=2', '--continue', '--output-logs=errors-only', '--no-color'],
        { cwd: root, env: quietEnv(root), signal },
      )
      const outside = await run(bin(root, 'tsc'), ['--noEmit', '-p', root], {
        cwd: root,
        env: quietEnv(root),
        signal,
      })
      return verdictOf([turbo, outside])
    },
  }
}

export function lintPart(root: string, signal?: AbortSignal): Part {
  return {
    name: 'lint',
    run: async () => {
      const args = ['check', '--no-errors-on-unmatched', '--error-on-warnings', '.']
      return verdictOf([await run(bin(root, 'biome'), args, { cwd: root, env: quietEnv(root), signal })])
    },
  }
}

function verdictOf(runs: readonly { code: number | null; output: string }[]) {
  const failed = runs.filter(({ code }) => code !== 0)
  const report = failed.map(({ output }) => output.trim()).join('\n')
  return failed.length > 0
    ? { passed: 0, failed: 1, skipped: 0, report }
    : { passed: 1, failed: 0, skipped: 0, report }
}

const bin = (root: string, name: string): string => join(root, 'node_modules', '.bin', name)

function quietEnv(root: string): Record<string, string> {
  const env = inheritedEnv()
  return {
    ...env,
    PATH: `${join(root, 'node_modules', '.bin')}:${env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  }
}
