const fewAreLeft = 5

/** `backorderable` is how many more can be sold than are there: they ship when the next delivery has come. */
export type Figure = { available: number; backorderable: number; expectedOn: string | null }

/**
 * What a reader is told: whether it can be bought, whether it ships later, and how many are left when few
 * are. Few is no news while more can be ordered.
 */
export function shownStock({ available, backorderable, expectedOn }: Figure): {
  available: boolean
  shipsLater: boolean
  expectedOn: string | null
  lowStock: number | null
} {
  const isHere = available > 0
  const shipsLater = !isHere && backorderable > 0
  return {
    available: isHere || backorderable > 0,
    shipsLater,
    expectedOn: shipsLater ? expectedOn : null,
    lowStock: isHere && available <= fewAreLeft && backorderable === 0 ? available : null,
  }
}

export function looksTheSame(before: Figure, after: Figure): boolean {
  const [a, b] = [shownStock(before), shownStock(after)]
  return (
    a.available === b.available &&
    a.shipsLater === b.shipsLater &&
    a.expectedOn === b.expectedOn &&
    a.lowStock === b.lowStock
  )
}
