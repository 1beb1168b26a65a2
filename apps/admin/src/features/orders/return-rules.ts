type Item = { sku: string; name: string; quantity: number }
export type ReturnRead =
  | { status: 'ok'; lines: { sku: string; quantity: number }[] }
  | { status: 'refused'; message: string }

/** The pieces a person says came back; at least one, and of nothing more than was sold. */
export function readReturn(items: readonly Item[], textOf: (sku: string) => string): ReturnRead {
  const lines: { sku: string; quantity: number }[] = []
  for (const { sku, name, quantity: sold } of items) {
    const text = textOf(sku).trim()
    if (!/^\d{0,3}$/.test(text) || Number(text) > sold) {
      return { status: 'refused', message: `Of ${name}, a whole number from 0 to ${sold}.` }
    }
    if (Number(text) > 0) lines.push({ sku, quantity: Number(text) })
  }
  return lines.length > 0
    ? { status: 'ok', lines }
    : { status: 'refused', message: 'Say how many pieces came back.' }
}
