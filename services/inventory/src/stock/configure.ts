import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ConfigureStock, Level } from '../contract.ts'
import { configureItem, findLevels } from './level-store.ts'

/** A lower limit breaks no promise: those made stay, and no new one is made until they are kept. */
export async function configureStock(
  ctx: InventoryContext,
  input: z.output<typeof ConfigureStock>,
): Promise<Level> {
  const command = { operation: 'stock.configure', principal: ctx.principal, input }
  const level = await once(ctx.db, command, async (tx) => {
    if (!(await configureItem(tx, input))) throw notFound('SKU')
    const [after] = await findLevels(tx, [input.sku], ctx.lowStockThreshold)
    if (!after) throw notFound('SKU')
    return after
  })
  ctx.bus.wake()
  return level
}
