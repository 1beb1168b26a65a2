import { AppError } from '@souk/kernel/errors'

/** 13 to 19 digits, with single spaces or hyphens between them at most. */
const digitRun = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Numbers of another kind, up to 15 digits long, of which one in ten would pass for a card's by chance. */
const otherNumbers = new Set(['phone', 'barcode', 'trackingNumber'])
/** No body of ours is this deep; one that is would only be sent to exhaust the stack. */
const maxDepth = 32

/** A cheap look at raw JSON: false means that there is surely no card number in it. */
export function mayHoldCardNumber(json: string): boolean {
  return /\d(?:[ -]?\d){12}/.test(json) || json.includes('\\u00')
}

/** Refuses a body in which any text is a card number: cards are entered in the provider's own fields. */
export function refuseCardNumbers(body: unknown): void {
  const path = findCardNumber(body, [])
  if (path === undefined) return
  throw new AppError('INVALID_INPUT', 'Card numbers must not be sent here. Send a token of the provider.', {
    details: {
      reason: 'invalid_input',
      errors: [{ path, message: 'This looks like a card number. Send a token of the provider instead.' }],
    },
  })
}

function findCardNumber(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') return isCardNumber(value, path.at(-1) ?? '') ? path.join('.') : undefined
  if (value === null || typeof value !== 'object') return undefined
  if (path.length > maxDepth) throw new AppError('INVALID_INPUT', 'The body is nested too deeply.')
  for (const [key, inner] of Object.entries(value)) {
    const found = isCardNumber(key, '') ? path.join('.') : findCardNumber(inner, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

function isCardNumber(text: string, field: string): boolean {
  if (text.length < 13 || uuid.test(text)) return false
  for (const [run] of text.matchAll(digitRun)) {
    const digits = run.replaceAll(/[ -]/g, '')
    if (otherNumbers.has(field) && digits.length < 16) continue
    if (passesLuhn(digits)) return true
  }
  return false
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
