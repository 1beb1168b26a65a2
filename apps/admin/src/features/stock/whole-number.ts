const largest = 1_000_000

/** A number of pieces as a person types it, or nothing when it is not one. */
export function wholeNumber(text: string, min: number): number | undefined {
  const digits = text.trim()
  if (!/^\d{1,7}$/.test(digits)) return undefined
  const value = Number(digits)
  return value >= min && value <= largest ? value : undefined
}
