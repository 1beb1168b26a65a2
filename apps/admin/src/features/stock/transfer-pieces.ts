import { wholeNumber } from './whole-number.ts'

type Missing = { sku: string; missing: number }

/** What was typed beside each line: the pieces meant, and where it is no number of pieces that are missing. */
export function readMissing(
  lines: readonly Missing[],
  textOf: (sku: string) => string,
): { lines: { sku: string; quantity: number }[]; faults: Set<string> } {
  const typed = lines.map(({ sku, missing }) => {
    const text = textOf(sku).trim()
    const quantity = text === '' ? 0 : wholeNumber(text, 0)
    return { sku, quantity, isFault: quantity === undefined || quantity > missing }
  })
  return {
    lines: typed.flatMap(({ sku, quantity = 0, isFault }) =>
      isFault || quantity === 0 ? [] : [{ sku, quantity }],
    ),
    faults: new Set(typed.flatMap(({ sku, isFault }) => (isFault ? [sku] : []))),
  }
}
