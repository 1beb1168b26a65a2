import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Import = { specifier: string; isTypeOnly: boolean }
export type SourceFile = { path: string; text: string; lines: number; imports: Import[] }

/** Files git tracks, and new ones it does not ignore. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 32 * 1024 * 1024,
  })
  return [...new Set(listed.split('\n').filter((path) => path !== ''))]
}

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Every TypeScript file of the house with what it imports. */
export function sourceFiles(): SourceFile[] {
  return projectFiles()
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .flatMap((path) => {
      const text = tryRead(path)
      return text === undefined
        ? []
        : [{ path, text, lines: text.split('\n').length, imports: importsOf(text) }]
    })
}

function tryRead(path: string): string | undefined {
  try {
    return readProjectFile(path)
  } catch {
    // Deleted in the work tree and not yet in the index.
    return undefined
  }
}

function importsOf(text: string): Import[] {
  const found: Import[] = []
  const statement = /^(?:import|export)\s+(type\s+)?((?:[^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm
  for (const match of text.matchAll(statement)) {
    const [, typeKeyword, clause = '', specifier = ''] = match
    found.push({ specifier, isTypeOnly: typeKeyword !== undefined || hasOnlyTypes(clause) })
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ specifier: match[1] ?? '', isTypeOnly: false })
  }
  return found
}

function hasOnlyTypes(clause: string): boolean {
  const names = /\{([^}]*)\}/.exec(clause)?.[1]
  if (names === undefined) return false
  const parts = names
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => part.startsWith('type '))
}

/** The file of the project that a relative import names. */
export function resolveRelative(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return normalize(join(dirname(from), specifier))
}
