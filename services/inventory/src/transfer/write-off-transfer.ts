import type { InventoryContext } from '../context.ts'
import type { ResolveTransfer, Transfer } from '../contract.ts'
import { resolveTransfer } from './resolve-transfer.ts'

/** Pieces that did not arrive and that nobody expects any more. */
export async function writeOffTransfer(ctx: InventoryContext, input: ResolveTransfer): Promise<Transfer> {
  return await resolveTransfer(ctx, input, 'lost')
}
