import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Cart, SetCartQuantity } from '../contract.ts'
import { setQuantity } from './cart.ts'
import { changeCart } from './change-cart.ts'

export async function setCartQuantity(
  ctx: OrderContext,
  input: z.output<typeof SetCartQuantity>,
): Promise<Cart> {
  return await changeCart(ctx, { operation: 'cart.setQuantity', input }, (items) =>
    setQuantity(items, { sku: input.sku, quantity: input.quantity }),
  )
}
