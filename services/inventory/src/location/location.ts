import { AppError } from '@souk/kernel/errors'

type Contents = { skus: number; pieces: number; transfers: number; counts: number }

/** A place that is closed must hold nothing and expect nothing, and one must stay open. */
export function assertCanDeactivate(contents: Contents, otherOpen: number): void {
  if (otherOpen === 0) {
    throw new AppError('INVALID_STATE', 'This is the last open location; goods need a place to arrive at.')
  }
  if (contents.pieces > 0) {
    throw new AppError(
      'INVALID_STATE',
      `${contents.pieces} pieces of ${contents.skus} SKUs are still here. Move them to another location first.`,
      { details: { reason: 'invalid_state', ...contents } },
    )
  }
  if (contents.transfers > 0 || contents.counts > 0) {
    throw new AppError(
      'INVALID_STATE',
      'A transfer from or to this location, or a count of it, is not finished.',
      { details: { reason: 'invalid_state', ...contents } },
    )
  }
}

/** The order in which places are emptied must name each of them once. */
export function assertNamesAll(known: readonly string[], given: readonly string[]): void {
  const isSame = given.length === known.length && new Set(given).size === given.length
  if (isSame && given.every((id) => known.includes(id))) return
  throw new AppError('INVALID_INPUT', 'Name every location once.', {
    details: { errors: [{ path: 'ids', message: 'Not every location once' }] },
  })
}
