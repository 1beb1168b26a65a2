const maxWords = 8

/** The words of a search: letters and digits only, so that nothing of them is an operator. */
export function searchWords(q: string): string[] {
  const words = q.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.slice(0, maxWords).map((word) => word.slice(0, 40))
}
