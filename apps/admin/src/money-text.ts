import { MAX_AMOUNT_MINOR } from '@souk/kernel/money'

/**
 * Minor units of an amount as a person types it, or nothing when it is none: `48`, `48.5`, `48,50`,
 * `1.234,50`, `1 234.50 €`. Computed on the digits, so that no cent is lost to floating point.
 */
export function parseAmount(text: string): number | undefined {
  const compact = text.replace(/[\s\u00a0\u202f'€]/g, '')
  const parts = /^(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(compact)
  if (!parts) return undefined
  const [, whole = '', cents = ''] = parts
  if (/[.,]/.test(whole) && !isGrouped(whole, compact)) return undefined
  const minor = Number(whole.replace(/[.,]/g, '')) * 100 + Number(cents.padEnd(2, '0'))
  return Number.isSafeInteger(minor) && minor <= MAX_AMOUNT_MINOR ? minor : undefined
}

/** `1.234.567` with one kind of separator that is not the one before the cents. */
function isGrouped(whole: string, compact: string): boolean {
  const separator = whole.replace(/\d/g, '').charAt(0)
  const decimal = compact.charAt(whole.length)
  const groups = whole.split(separator)
  return separator !== decimal && groups.slice(1).every((group) => /^\d{3}$/.test(group))
}

/** What an amount field shows: `48.00`. */
export function amountText(amountMinor: number): string {
  return `${Math.trunc(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`
}
