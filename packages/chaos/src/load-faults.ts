import { setTimeout as delay } from 'node:timers/promises'
import { signal } from './process-faults.ts'
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

/** As a client that lost its mind, or its patience. */
export const sameKey: Kind = (random) => {
  const [count, which] = [random.pick([50, 150, 300]), random.between(2, 5)]
  return {
    what: `one purchase asked for ${count} times in one moment`,
    inject: async ({ load, blame }) => {
      const sku = load.skus[which]
      if (sku === undefined) return
      for (const sentence of await load.sameKey(count, sku)) blame(sentence)
    },
  }
}

export const lastPieces: Kind = (random) => {
  const [count, kills] = [random.between(150, 400), random.between(1, 4)]
  return {
    what: `${count} buyers of the last ten pieces, while inventory dies ${kills} times`,
    inject: async ({ load, shop }) => {
      const buying = load.burst(count, load.scarceSku)
      for (let kill = 0; kill < kills; kill += 1) {
        await delay(600)
        signal(shop, 'inventory', 'SIGKILL')
      }
      await buying
    },
  }
}
