import { AppError } from '@souk/kernel/errors'

export type Fields = Readonly<Record<string, unknown>>

/** What is different, as before and after; a field that did not change is not named. */
export function differences(
  before: Fields,
  after: Fields,
): Record<string, { before: unknown; after: unknown }> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...names]
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }]),
  )
}

export function staleVersion(current: number): AppError {
  return new AppError('CONFLICT', 'Somebody else changed this meanwhile. Load it again.', {
    details: { reason: 'version_conflict', version: current },
  })
}

export function invalidField(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', `${message}.`, { details: { errors: [{ path, message }] } })
}
