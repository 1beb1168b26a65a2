import type { RestRoute } from './route.ts'

export type KnownPath = { pattern: RegExp; methods: readonly string[] }

/** Every path that is served, with its methods: what tells 405 from 404. */
export function knownPaths(
  routes: readonly RestRoute[],
  others: readonly { method: string; path: string }[],
): readonly KnownPath[] {
  const byPath = new Map<string, Set<string>>()
  for (const { method, path } of [...routes, ...others]) {
    const methods = byPath.get(path) ?? new Set<string>()
    byPath.set(path, methods.add(method))
    if (method === 'GET') methods.add('HEAD')
  }
  return [...byPath].map(([path, methods]) => ({ pattern: patternOf(path), methods: [...methods].sort() }))
}

export function methodsAt(known: readonly KnownPath[], path: string): string[] {
  return [...new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))]
}

function patternOf(path: string): RegExp {
  const literal = path.replaceAll(/[.+*?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
