/** What kinds of reads are kept, under which tags they are dropped, and for how long they live at most. */
export const cacheKinds = {
  /** One product: dropped by its slug, and when a category has another name. */
  product: { tags: (slug: string) => [`product:${slug}`, 'category-names'], lifeMs: 60_000 },
  /** Any list of products: dropped whenever one of them changes. */
  productList: { tags: () => ['products'], lifeMs: 30_000 },
  categories: { tags: () => ['categories'], lifeMs: 300_000 },
} as const
