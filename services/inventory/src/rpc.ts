import { createRpc } from '@souk/service/rpc'
import type { InventoryContext } from './context.ts'

export const rpc = createRpc<InventoryContext>()
