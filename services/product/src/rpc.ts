import { createRpc } from '@souk/service/rpc'
import type { ProductContext } from './context.ts'

export const rpc = createRpc<ProductContext>()
