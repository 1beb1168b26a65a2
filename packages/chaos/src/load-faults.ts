import type { Kind } from './scene.ts'

/** Many buyers of the same few pieces in one moment. */
export const burst: Kind = (random) => {
  const [count, which] = [random.between(20, 80), random.between(0, 3)]
  return {
    what: `${count} buyers of one product in one moment`,
    inject: async ({ load }) => {
      const sku = load.skus[which]
      if (sku !== undefined) await load.burst(count, sku)
    },
  }
}
