import type { Sql } from '@souk/db/connect'
import type { StockSettings } from '../context.ts'
import { firstLocationId } from '../location/location-store.ts'
import { openLevels } from './level-store.ts'
import { changeLevels } from './movement-store.ts'
import { mergeLines } from './stock.ts'

/** Makes new variants known. A SKU that was there before goes on with what it has. */
export async function receiveVariants(
  ctx: StockSettings,
  tx: Sql,
  variants: readonly { sku: string; initialStock: number }[],
  cause: { id: string; name: string },
): Promise<void> {
  if (variants.length === 0) return
  const locationId = await firstLocationId(tx)
  const stock = mergeLines(variants.map(({ sku, initialStock }) => ({ sku, quantity: initialStock })))
  await openLevels(
    tx,
    stock.map(({ sku }) => sku),
    locationId,
  )
  const received = stock.filter(({ quantity }) => quantity > 0)
  await changeLevels(
    tx,
    received.map(({ sku, quantity }) => ({
      sku,
      locationId,
      kind: 'receipt',
      onHandDelta: quantity,
      causeId: cause.id,
      reason: 'first stock',
    })),
    { actor: `event:${cause.name}`, lowStockThreshold: ctx.lowStockThreshold },
  )
}
