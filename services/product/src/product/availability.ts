const fewAreLeft = 5

/** What a reader is told of a figure: whether there are any, and how many when few are left. */
export function shownStock(available: number): { available: boolean; lowStock: number | null } {
  return {
    available: available > 0,
    lowStock: available > 0 && available <= fewAreLeft ? available : null,
  }
}

export function looksTheSame(before: number, after: number): boolean {
  const [a, b] = [shownStock(before), shownStock(after)]
  return a.available === b.available && a.lowStock === b.lowStock
}
