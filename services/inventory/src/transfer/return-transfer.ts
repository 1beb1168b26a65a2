import type { InventoryContext } from '../context.ts'
import type { ResolveTransfer, Transfer } from '../contract.ts'
import { resolveTransfer } from './resolve-transfer.ts'

/** Pieces that did not arrive are back on the shelf they came from. */
export async function returnTransfer(ctx: InventoryContext, input: ResolveTransfer): Promise<Transfer> {
  return await resolveTransfer(ctx, input, 'returned')
}
