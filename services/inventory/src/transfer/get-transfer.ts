import { notFound } from '@souk/kernel/errors'
import type { InventoryContext } from '../context.ts'
import type { Transfer } from '../contract.ts'
import { findTransfer } from './transfer-store.ts'

export async function getTransfer(ctx: InventoryContext, input: { id: string }): Promise<Transfer> {
  const transfer = await findTransfer(ctx.db.sql, input.id)
  if (!transfer) throw notFound('transfer')
  return transfer
}
