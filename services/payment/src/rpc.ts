import { createRpc } from '@souk/service/rpc'
import type { PaymentContext } from './context.ts'

export const rpc = createRpc<PaymentContext>()
