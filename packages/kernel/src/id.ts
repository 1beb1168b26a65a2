import { v7, validate, version } from 'uuid'
import { z } from 'zod'

/** A time-ordered UUID v7 (RFC 9562) in lower case. */
export function newId(): string {
  return v7()
}

export function isId(value: string): boolean {
  return validate(value) && version(value) === 7
}

/** UUID v7 only, so that every key in every index is ordered by time. */
export const Id = z.uuid({ version: 'v7' })
