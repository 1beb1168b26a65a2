/**
 * Something the person at the keyboard can put right. Its sentence says what is wrong and what to do;
 * it is printed without a stack trace and ends the command with exit code 1.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
}

/** The sentence to print for anything thrown on the way. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Problem) return error.message
  if (error instanceof Error && error.name === 'AppError') return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
