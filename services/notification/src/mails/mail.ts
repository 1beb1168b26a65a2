import type { Links } from '../links.ts'
import { oneLine } from './html.ts'

/** A mail before it has a receiver. */
export type Mail = { subject: string; html: string; text: string }

export type { Links }

/** Stands in the bodies where the secret goes when the mail leaves, so that stored bodies hold none. */
export const secretPlace = 'SOUK-SECRET-GOES-HERE'

const maxSubject = 150

export function subjectLine(text: string): string {
  const subject = oneLine(text)
  return subject.length <= maxSubject ? subject : `${[...subject].slice(0, maxSubject - 1).join('')}…`
}

/**
 * The first name for a greeting, or nothing when the name is none: whoever registers with somebody
 * else's address must not get us to deliver a text of their choice.
 */
export function firstName(name: string): string | undefined {
  const [first = ''] = oneLine(name).split(' ')
  return /^\p{L}[\p{L}\p{M}'’-]{0,29}$/u.test(first) ? first : undefined
}

export function greeting(name: string): string {
  const first = firstName(name)
  return first === undefined ? 'Hello,' : `Hello ${first},`
}
