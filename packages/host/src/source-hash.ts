import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'

const code = /\.(ts|tsx|mjs|js|css)$/
const imported = /(?:\bfrom|\bimport|@import)\s*\(?\s*['"]([^'"\n]+)['"]/g
const typeOnly = /^\s*(?:import|export)\s+type\s[^;]*?from\s*['"][^'"\n]+['"]/gm

/**
 * One hash over everything a build of the app depends on: its own files, and of the workspace only what
 * its imports reach. Types leave no trace in a build, so a change inside a service rebuilds nothing.
 */
export function sourceHash(root: string, appFolder: string): string {
  const files = new Set<string>()
  const waiting = ownFiles(root, appFolder)
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (files.has(file)) continue
    files.add(file)
    if (code.test(file)) waiting.push(...importsOf(root, file))
  }
  const hash = createHash('sha256').update(process.version)
  for (const file of [
    join(root, 'package-lock.json'),
    join(root, 'tsconfig.base.json'),
    ...[...files].sort(),
  ]) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function ownFiles(root: string, appFolder: string): string[] {
  const cwd = join(root, appFolder)
  return globSync(['src/**/*', 'public/**/*', '*.{ts,mjs,json,js}'], { cwd })
    .filter((name) => !isNotSource.test(name))
    .map((name) => join(cwd, name))
    .filter((path) => statSync(path).isFile())
}

const isNotSource = /\.test\.tsx?$|next-env\.d\.ts$|\.tsbuildinfo$/

function importsOf(root: string, file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(typeOnly, '')
  return [...text.matchAll(imported)].flatMap((match) => locate(root, file, match[1] ?? '') ?? [])
}

function locate(root: string, importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return firstFile(resolve(dirname(importer), specifier))
  const [, name, subpath] = /^(@souk\/[^/]+)(?:\/(.+))?$/.exec(specifier) ?? []
  return name ? exportedFile(join(root, 'node_modules', name), subpath) : undefined
}

const PackageFile = z.object({ exports: z.record(z.string(), z.string()).default({}) })

function exportedFile(folder: string, subpath: string | undefined): string | undefined {
  const { exports } = PackageFile.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const key = subpath ? `./${subpath}` : '.'
  const exact = exports[key]
  if (exact) return firstFile(join(folder, exact))
  for (const [pattern, target] of Object.entries(exports)) {
    const [start = '', end] = pattern.split('*')
    if (end === undefined || !key.startsWith(start) || !key.endsWith(end)) continue
    const found = firstFile(
      join(folder, target.replace('*', key.slice(start.length, key.length - end.length))),
    )
    if (found) return found
  }
  return undefined
}

function firstFile(path: string): string | undefined {
  const candidates = [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts'), join(path, 'index.tsx')]
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
}
