import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { receiveVariants } from './receive-variants.ts'

export async function onProductCreated(
  ctx: StockSettings,
  event: ShopEvent<'product.created'>,
  tx: Sql,
): Promise<void> {
  await receiveVariants(ctx, tx, event.data.variants, event)
}
