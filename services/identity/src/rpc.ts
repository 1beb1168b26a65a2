import { createRpc } from '@souk/service/rpc'
import type { IdentityContext } from './context.ts'

export const rpc = createRpc<IdentityContext>()
