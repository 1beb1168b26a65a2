import { AppError } from '@souk/kernel/errors'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { AddCartItem, Cart } from '../contract.ts'
import { addItem } from './cart.ts'
import { changeCart } from './change-cart.ts'

/** Only what is for sale can be added; how many are left is said in the cart, not refused. */
export async function addCartItem(ctx: OrderContext, input: z.output<typeof AddCartItem>): Promise<Cart> {
  const variants = await ctx.quotes([input.sku])
  if (variants.length === 0) {
    throw new AppError('INVALID_INPUT', 'This item is not for sale.', {
      details: { errors: [{ path: 'sku', message: `${input.sku} is not for sale` }] },
    })
  }
  return await changeCart(ctx, { operation: 'cart.addItem', input }, (items) =>
    addItem(items, { sku: input.sku, quantity: input.quantity }),
  )
}
