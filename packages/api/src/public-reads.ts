/**
 * Queries whose answer is the same for everybody. The gateway answers them from ready bytes, and the
 * client sends them without a token and apart from other queries, so that any cache on the way may help.
 */
export const publicReads = ['product.list', 'product.get', 'product.categories'] as const

const names: ReadonlySet<string> = new Set(publicReads)

export function isPublicRead(path: string): boolean {
  return names.has(path)
}
