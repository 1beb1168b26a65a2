import { newId } from '@souk/kernel/id'
import type { InventoryHarness } from './harness.ts'

/** What a test does with places and the goods in them. */
export function shelvesOf(shop: () => InventoryHarness) {
  return {
    place: async () => {
      const code = `p-${newId().slice(-10)}`
      return await shop().staff.location.create.mutate({ code, name: `Place ${code}` })
    },
    at: async (sku: string, id: string) =>
      (await shop().level(sku)).locations.find((location) => location.id === id)?.onHand ?? 0,
    receive: async (locationId: string, sku: string, quantity: number) =>
      await shop().staff.receipt.create.mutate({ locationId, lines: [{ sku, quantity }] }),
    deactivate: async (id: string) => await shop().staff.location.update.mutate({ id, isActive: false }),
  }
}
