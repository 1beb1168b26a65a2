import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectFiles, readProjectFile, root } from './source-tree.ts'

const documents = projectFiles().filter((path) => path.endsWith('.md') && existsSync(join(root, path)))

describe('documents', () => {
  test('cite only paths that exist', () => {
    const dead = documents.flatMap((path) =>
      citedPaths(readProjectFile(path))
        .filter((cited) => !existsSync(join(root, cited)) && !existsSync(join(root, path, '..', cited)))
        .map((cited) => `${path} cites ${cited}`),
    )
    expect(dead).toEqual([])
  })

  test('name every script they tell people to run', () => {
    const manifest: { scripts: Record<string, string> } = JSON.parse(readProjectFile('package.json'))
    const unknown = documents.flatMap((path) =>
      [...readProjectFile(path).matchAll(/npm run ([a-z:-]+)/g)]
        .filter(([, script = '']) => !(script in manifest.scripts))
        .map(([, script]) => `${path}: npm run ${script}`),
    )
    expect(unknown).toEqual([])
  })

  test('every setting in .env.example is read somewhere', () => {
    const settings = [...readProjectFile('.env.example').matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(
      ([, name = '']) => name,
    )
    const sources = projectFiles()
      .filter((path) => /env\.ts$/.test(path))
      .map(readProjectFile)
      .join('\n')
    expect(settings.length).toBeGreaterThan(5)
    expect(settings.filter((name) => !sources.includes(name))).toEqual([])
  })
})

/** Paths in backticks: with a slash and a file ending, or ending in a slash, and without a pattern in them. */
function citedPaths(text: string): string[] {
  const cited = [...text.matchAll(/`([A-Za-z0-9_@./[\]-]+\/[A-Za-z0-9_./[\]-]*)`/g)].map(
    ([, path = '']) => path,
  )
  const known = /^(apps|services|packages|e2e|docs|scripts|\.github|\.ci)\//
  return cited.filter((path) => known.test(path) || path.startsWith('src/'))
}
