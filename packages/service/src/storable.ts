import { AppError } from '@souk/kernel/errors'

const maxDepth = 32

/**
 * PostgreSQL stores neither U+0000 nor half a surrogate pair. Refused here by path, for every procedure,
 * instead of as a database error deep inside one.
 */
export function assertStorable(input: unknown): void {
  check(input, [])
}

function check(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) throw refusal(path, 'This text holds a character that cannot be stored')
    return
  }
  if (value === null || typeof value !== 'object') return
  if (path.length >= maxDepth) throw refusal(path, 'This is nested too deeply')
  for (const [key, inner] of Object.entries(value)) {
    // An unstorable key names nobody's field; its place is the path of its parent.
    if (!isStorable(key)) throw refusal(path, 'A name holds a character that cannot be stored')
    check(inner, [...path, key])
  }
}

function refusal(path: readonly string[], message: string): AppError {
  return new AppError('INVALID_INPUT', 'Some fields are not right.', {
    details: { reason: 'invalid_input', errors: [{ path: path.join('.'), message }] },
  })
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}
