const fewAreLeft = 5

/** `backorderable` is how many more can be sold than are there: they ship when the next delivery has come. */
export type Figure = { available: number; backorderable: number }

/**
 * What a reader is told: whether it can be bought, whether it ships later, and how many are left when few
 * are. Few is no news while more can be ordered.
 */
export function shownStock({ available, backorderable }: Figure): {
  available: boolean
  shipsLater: boolean
  lowStock: number | null
} {
  const isHere = available > 0
  return {
    available: isHere || backorderable > 0,
    shipsLater: !isHere && backorderable > 0,
    lowStock: isHere && available <= fewAreLeft && backorderable === 0 ? available : null,
  }
}

export function looksTheSame(before: Figure, after: Figure): boolean {
  const [a, b] = [shownStock(before), shownStock(after)]
  return a.available === b.available && a.shipsLater === b.shipsLater && a.lowStock === b.lowStock
}
