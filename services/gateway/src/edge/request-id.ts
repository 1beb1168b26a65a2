import { randomUUID } from 'node:crypto'

const sane = /^[A-Za-z0-9._-]{8,64}$/

/** The caller's own id when it is harmless in logs and headers, else a new one. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && sane.test(given) ? given : randomUUID()
}
