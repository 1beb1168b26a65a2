import { describe, expect, test } from 'vitest'
import { readProjectFile } from './source-tree.ts'

/** First versions without a known advisory that concerns us: docs/decisions/0006-security-floor.md. */
const floor: Record<string, string> = {
  next: '16.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sharp: '0.35.5',
  'next-auth': '4.24.15',
  zod: '4.6.7',
  fastify: '5.12.1',
  '@trpc/server': '11.8.0',
  undici: '7.24.0',
  vitest: '5.0.5',
}

type Lock = { packages: Record<string, { version?: string; resolved?: string; link?: boolean }> }
const lock: Lock = JSON.parse(readProjectFile('package-lock.json'))
const installed = Object.entries(lock.packages).flatMap(([path, { version }]) => {
  const name = path.split('node_modules/').at(-1)
  return path.includes('node_modules/') && name !== undefined && version !== undefined
    ? [{ path, name, version }]
    : []
})

describe('installed packages', () => {
  test.each(Object.entries(floor))('%s is at least %s wherever it is installed', (name, least) => {
    const copies = installed.filter((each) => each.name === name)
    expect(copies.length).toBeGreaterThan(0)
    expect(copies.filter(({ version }) => isBelow(version, least))).toEqual([])
  })

  test('the lock file names no host', () => {
    const hosts = Object.values(lock.packages).flatMap(({ resolved, link }) =>
      resolved && !link && !resolved.startsWith('https://registry.npmjs.org/') ? [resolved] : [],
    )
    expect(hosts).toEqual([])
  })
})

function isBelow(version: string, least: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number)
  const [have, want] = [numbers(version), numbers(least)]
  for (let index = 0; index < 3; index += 1) {
    const difference = (have[index] ?? 0) - (want[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
