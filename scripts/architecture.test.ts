import { describe, expect, test } from 'vitest'
import { type Import, resolveRelative, type SourceFile, sourceFiles } from './source-tree.ts'

const files = sourceFiles()
const isTest = (path: string) =>
  /\.test\.tsx?$/.test(path) || /(^|\/)test\//.test(path) || path.startsWith('e2e/')
const shipped = files.filter(({ path }) => !isTest(path))
const serviceNames = ['product', 'order', 'payment', 'inventory', 'identity', 'notification'] as const
const serviceOf = (path: string) => /^services\/([^/]+)\//.exec(path)?.[1]

/** Collects `path: why` for every import of these files that a rule objects to. */
function objections(
  among: readonly SourceFile[],
  rule: (file: SourceFile, used: Import) => string | undefined,
): string[] {
  return among.flatMap((file) =>
    file.imports.flatMap((used) => {
      const why = rule(file, used)
      return why === undefined ? [] : [`${file.path} imports ${used.specifier}: ${why}`]
    }),
  )
}
const inside = (folder: string) => shipped.filter(({ path }) => path.startsWith(folder))
const house = (specifier: string) => /^@souk\/([^/]+)(?:\/(.+))?$/.exec(specifier)

describe('who may import whom', () => {
  test('a service opens its own database only', () => {
    const wrong = objections(inside('services/'), ({ path }, { specifier }) => {
      const [, name, part] = house(specifier) ?? []
      if (name !== 'db' || part === undefined || !serviceNames.some((service) => service === part))
        return undefined
      return serviceOf(path) === part ? undefined : 'another service owns this database'
    })
    expect(wrong).toEqual([])
  })

  test('a service knows another by its contract, and by the type of its router', () => {
    const wrong = objections(inside('services/'), ({ path }, { specifier, isTypeOnly }) => {
      const [, name, part] = house(specifier) ?? []
      if (!serviceNames.some((service) => service === name) || name === serviceOf(path)) return undefined
      if (part === 'contract') return undefined
      return part === 'router' && isTypeOnly ? undefined : 'only ./contract, or the type of ./router'
    })
    expect(wrong).toEqual([])
  })

  test('the public API knows services by contract and router type, and no database or bus', () => {
    const wrong = objections(inside('packages/api/'), (_file, { specifier, isTypeOnly }) => {
      const [, name, part] = house(specifier) ?? []
      if (name === 'db' || name === 'runtime' || (name === 'events' && part !== 'contract'))
        return 'not at the edge'
      if (!serviceNames.some((service) => service === name) || part === 'contract') return undefined
      return part === 'router' && isTypeOnly ? undefined : 'only ./contract, or the type of ./router'
    })
    expect(wrong).toEqual([])
  })

  test('apps stand on the gateway: no database, bus, service frame or service code', () => {
    const allowed = new Set(['api', 'kernel', 'auth', 'ui'])
    const wrong = objections(inside('apps/'), (_file, { specifier }) => {
      const [, name = '', part] = house(specifier) ?? []
      if (name === '' || allowed.has(name)) return undefined
      return serviceNames.some((service) => service === name) && part === 'contract'
        ? undefined
        : 'not from an app'
    })
    expect(wrong).toEqual([])
  })

  test('kernel depends on nothing of the house and does no I/O', () => {
    const wrong = objections(inside('packages/kernel/src/'), (_file, { specifier }) =>
      specifier.startsWith('.') || specifier === 'zod' || specifier === 'uuid'
        ? undefined
        : 'only zod and uuid',
    )
    expect(wrong).toEqual([])
  })

  test('packages do not know services, but for the public API, the host and the tests’ frame', () => {
    const free = /^packages\/(api|testing|host)\//
    const wrong = objections(
      inside('packages/').filter(({ path }) => !free.test(path)),
      (_file, { specifier }) =>
        serviceNames.some((name) => specifier.startsWith(`@souk/${name}/`)) ? 'a service' : undefined,
    )
    expect(wrong).toEqual([])
  })

  test('features of an app do not import each other', () => {
    const featureOf = (path: string) => /^apps\/[^/]+\/src\/features\/([^/]+)\//.exec(path)?.[1]
    const wrong = objections(inside('apps/'), ({ path }, { specifier }) => {
      const target = resolveRelative(path, specifier)
      const [own, other] = [featureOf(path), target === undefined ? undefined : featureOf(target)]
      return own !== undefined && other !== undefined && own !== other
        ? 'compose features in a route'
        : undefined
    })
    expect(wrong).toEqual([])
  })

  test('nothing imports in a circle', () => {
    expect(cycles(shipped)).toEqual([])
  })
})

describe('the shape of a service', () => {
  test('only stores know SQL and Prisma', () => {
    const isStore = (path: string) => /-store\.ts$/.test(path) || /\/src\/(seed|service)\.ts$/.test(path)
    const wrong = shipped
      .filter(({ path }) => /^services\/[^/]+\/src\//.test(path) && !isStore(path))
      .filter(({ text }) => /\.prisma\.|\b(sql|tx)\.query\b/.test(text))
      .map(({ path }) => path)
    expect(wrong).toEqual([])
  })

  test('rules are pure: the file named like its folder takes time, ids and prices as arguments', () => {
    const owned = serviceNames.join('|')
    const ruleFile = new RegExp(`^services/(?:${owned})/src/([^/]+)/\\1\\.ts$`)
    const rules = shipped.filter(({ path }) => ruleFile.test(path))
    expect(rules.length).toBeGreaterThanOrEqual(3)
    const impure = rules.filter(({ text }) =>
      /\bDate\.now\b|new Date\(\)|Math\.random|newId\(|\bawait\b|process\./.test(text),
    )
    expect(impure.map(({ path }) => path)).toEqual([])
    const wrong = objections(rules, ({ path }, { specifier, isTypeOnly }) => {
      const target = resolveRelative(path, specifier)
      if (isTypeOnly || specifier.startsWith('@souk/kernel/') || specifier.endsWith('/contract'))
        return undefined
      if (target?.endsWith('/contract.ts')) return undefined
      return rules.some((rule) => rule.path === target)
        ? undefined
        : 'rules import kernel, contracts and rules'
    })
    expect(wrong).toEqual([])
  })

  test('each service has its two tables of contents, its contract and its five-line README', () => {
    const paths = new Set(files.map(({ path }) => path))
    const missing = serviceNames.flatMap((name) =>
      ['router.ts', 'subscriptions.ts', 'contract.ts', 'service.ts', 'main.ts', 'env.ts', 'context.ts']
        .map((file) => `services/${name}/src/${file}`)
        .filter((path) => !paths.has(path)),
    )
    expect(missing).toEqual([])
  })

  test('the environment is read in env.ts alone', () => {
    const free = /(^|\/)env\.ts$|\.config\.(ts|mjs)$|^scripts\/|^packages\/(host|testing)\//
    const wrong = shipped
      .filter(({ path, text }) => !free.test(path) && /process\.env/.test(text))
      .map(({ path }) => path)
    expect(wrong).toEqual([])
  })
})

describe('files', () => {
  test('can be read in one go', () => {
    const long = shipped
      .filter(({ lines }) => lines > 300)
      .map(({ path, lines }) => `${path}: ${lines} lines`)
    expect(long).toEqual([])
  })

  test('have names that answer a question', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|manager|lib)(\/|\.tsx?$)/
    expect(files.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([])
    const unkebab = shipped
      .filter(({ path }) => !path.startsWith('apps/') || !path.includes('/app/'))
      .filter(({ path }) => /[A-Z_ ]/.test(path.split('/').at(-1) ?? ''))
    expect(unkebab.map(({ path }) => path)).toEqual([])
  })

  test('switch no check off without a reason beside it', () => {
    const unexplained = files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const isSuppression =
          /@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(line) || /biome-ignore [^:]*$/.test(line)
        return isSuppression && !path.endsWith('architecture.test.ts') ? [`${path}:${index + 1}`] : []
      }),
    )
    expect(unexplained).toEqual([])
  })
})

/** Circles among relative imports of values, each named by the files it runs through. */
function cycles(among: readonly SourceFile[]): string[] {
  const edges = new Map(
    among.map(({ path, imports }) => [
      path,
      imports
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .flatMap(({ specifier }) => resolveRelative(path, specifier) ?? []),
    ]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      found.push([...trail.slice(start), path].join(' > '))
      return
    }
    if (done.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return found
}
