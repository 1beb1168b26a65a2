import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { receiveVariants } from './receive-variants.ts'

/** Removed variants keep their level and their ledger: the pieces are still on the shelf. */
export async function onProductUpdated(
  ctx: StockSettings,
  event: ShopEvent<'product.updated'>,
  tx: Sql,
): Promise<void> {
  await receiveVariants(ctx, tx, event.data.addedVariants, event)
}
