import { createRpc } from '@souk/service/rpc'
import type { NotificationContext } from './context.ts'

export const rpc = createRpc<NotificationContext>()
