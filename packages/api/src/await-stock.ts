import type { Services } from './services.ts'

const patienceMs = 2000

/**
 * Waits until inventory has heard of these SKUs, so that a product can be sold as soon as its creation
 * is answered. Inventory learns of them from an event; when that takes longer, the answer goes out anyway.
 */
export async function awaitStock(services: Services, skus: readonly string[]): Promise<void> {
  if (skus.length === 0) return
  const deadline = Date.now() + patienceMs
  let pauseMs = 10
  while (Date.now() < deadline) {
    const { items } = await services.asGateway.inventory.stock.levels
      .query({ skus: [...skus] })
      .catch(() => ({ items: [] }))
    if (items.length >= new Set(skus).size) return
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(100, pauseMs * 2)
  }
}
