import { createRpc } from '@souk/service/rpc'
import type { AuditContext } from './context.ts'

export const rpc = createRpc<AuditContext>()
