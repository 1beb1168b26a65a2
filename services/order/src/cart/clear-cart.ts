import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Cart, CartRef } from '../contract.ts'
import { changeCart } from './change-cart.ts'

export async function clearCart(ctx: OrderContext, input: z.output<typeof CartRef>): Promise<Cart> {
  return await changeCart(ctx, { operation: 'cart.clear', input }, () => [])
}
