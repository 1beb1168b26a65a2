import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ReturnDetail, ReturnRef } from '../contract.ts'
import { loadReturn } from './change-return.ts'

export async function getReturn(ctx: OrderContext, input: z.output<typeof ReturnRef>): Promise<ReturnDetail> {
  return await loadReturn(ctx, input.id)
}
