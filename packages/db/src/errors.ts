/** What a failed statement means for the caller, whichever of Prisma's or pg's error shapes carried it. */
export type DbFailure =
  | { kind: 'unique' | 'check' | 'foreign_key'; constraint: string | undefined }
  | { kind: 'retry' }
  | { kind: 'unavailable' }
  | { kind: 'other' }

const byState: Record<string, DbFailure['kind']> = {
  '23505': 'unique',
  '23514': 'check',
  '23503': 'foreign_key',
  '40001': 'retry',
  '40P01': 'retry',
  '55P03': 'retry',
  '53300': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '57014': 'unavailable',
  '08006': 'unavailable',
  '08003': 'unavailable',
  '08001': 'unavailable',
}
const byPrismaCode: Record<string, DbFailure['kind']> = {
  P2002: 'unique',
  P2003: 'foreign_key',
  P2034: 'retry',
  P2039: 'check',
  P1001: 'unavailable',
  P1002: 'unavailable',
  P1008: 'unavailable',
  P1017: 'unavailable',
  P2024: 'unavailable',
  P2028: 'unavailable',
}
const silence = /Query read timeout/i
const plainUnavailable =
  /timeout exceeded when trying to connect|Connection terminated|ECONNREFUSED|ECONNRESET|not queryable|Client has encountered a connection error|the database system is|server closed the connection/i

/** Classifies by SQLSTATE first: the same failure is P2034 from a model call and P2010 from raw SQL. */
export function classifyDbError(error: unknown): DbFailure {
  for (const current of causes(error)) {
    const state = text(current, 'originalCode') ?? text(current, 'code')
    const kind = state === undefined ? undefined : (byState[state] ?? byPrismaCode[state])
    if (kind === 'unique' || kind === 'check' || kind === 'foreign_key') {
      return { kind, constraint: constraintOf(error) }
    }
    if (kind !== undefined) return { kind } as DbFailure
  }
  for (const current of causes(error)) {
    const message = text(current, 'message')
    if (message !== undefined && (plainUnavailable.test(message) || silence.test(message)))
      return { kind: 'unavailable' }
  }
  return { kind: 'other' }
}

/** The server did not answer in time: what it did is unknown, and its connection is good for nothing. */
export function isSilence(error: unknown): boolean {
  return [...causes(error)].some((current) => silence.test(text(current, 'message') ?? ''))
}

function* causes(error: unknown): Generator<object> {
  const seen = new Set<object>()
  const queue: unknown[] = [error]
  while (queue.length > 0 && seen.size < 12) {
    const current = queue.shift()
    if (current === null || typeof current !== 'object' || seen.has(current)) continue
    seen.add(current)
    yield current
    for (const key of ['meta', 'driverAdapterError', 'cause']) queue.push(Reflect.get(current, key))
  }
}

function constraintOf(error: unknown): string | undefined {
  for (const current of causes(error)) {
    const constraint = Reflect.get(current, 'constraint')
    if (typeof constraint === 'string') return constraint
    if (constraint !== null && typeof constraint === 'object') {
      const index = Reflect.get(constraint, 'index')
      if (typeof index === 'string') return index
      const fields = Reflect.get(constraint, 'fields')
      if (Array.isArray(fields)) return fields.join(',')
    }
    const match = /constraint "([^"]+)"/.exec(text(current, 'message') ?? '')
    if (match) return match[1]
  }
  return undefined
}

function text(value: object, key: string): string | undefined {
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : undefined
}
