import { createRpc } from '@souk/service/rpc'
import type { OrderContext } from './context.ts'

export const rpc = createRpc<OrderContext>()
