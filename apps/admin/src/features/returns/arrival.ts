import type { Disposition } from '@souk/order/contract'

type Announced = { sku: string; name: string; quantity: number }
export type ArrivalRead =
  | { status: 'ok'; lines: { sku: string; quantity: number; disposition: Disposition }[] }
  | { status: 'refused'; message: string }

const dispositions = ['restock', 'write_off'] as const

/** The pieces a person says arrived: at least one, and of nothing more than was announced. */
export function readArrival(announced: readonly Announced[], textOf: (field: string) => string): ArrivalRead {
  const lines: { sku: string; quantity: number; disposition: Disposition }[] = []
  for (const { sku, name, quantity } of announced) {
    const counts = dispositions.map((disposition) => ({
      disposition,
      text: textOf(`${disposition} ${sku}`).trim(),
    }))
    const arrived = counts.reduce((sum, { text }) => sum + Number(text), 0)
    if (counts.some(({ text }) => !/^\d{0,3}$/.test(text)) || arrived > quantity) {
      return { status: 'refused', message: `Of ${name}, together at most ${quantity}.` }
    }
    for (const { disposition, text } of counts) {
      if (Number(text) > 0) lines.push({ sku, quantity: Number(text), disposition })
    }
  }
  return lines.length > 0
    ? { status: 'ok', lines }
    : { status: 'refused', message: 'Say how many pieces arrived.' }
}
