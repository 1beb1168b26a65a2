type Level = { onHand: number; reserved: number }

export const ways = ['add', 'remove', 'count'] as const
export type Way = (typeof ways)[number]

export type AdjustmentCheck =
  | { status: 'ok'; delta: number; onHandAfter: number; availableAfter: number }
  | { status: 'not_a_quantity' | 'nothing' }
  /** Pieces promised to orders cannot be taken away. */
  | { status: 'reserved'; free: number; reserved: number }

const largest = 1_000_000

/** What a person's words mean for a level: so many more, so many fewer, or so many counted. */
export function checkAdjustment(way: Way, text: string, level: Level): AdjustmentCheck {
  if (!/^\d{1,7}$/.test(text.trim())) return { status: 'not_a_quantity' }
  const quantity = Number(text)
  const delta = way === 'count' ? quantity - level.onHand : way === 'add' ? quantity : -quantity
  if (quantity > largest || Math.abs(delta) > largest) return { status: 'not_a_quantity' }
  if (delta === 0) return { status: 'nothing' }
  const onHandAfter = level.onHand + delta
  const { reserved } = level
  if (onHandAfter < reserved) return { status: 'reserved', free: level.onHand - reserved, reserved }
  return { status: 'ok', delta, onHandAfter, availableAfter: onHandAfter - reserved }
}
