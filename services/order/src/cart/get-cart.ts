import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Cart, CartRef } from '../contract.ts'
import { findMyCart } from './change-cart.ts'
import { viewCart } from './view-cart.ts'

/** Nothing when there is no cart yet. */
export async function getCart(ctx: OrderContext, input: z.output<typeof CartRef>): Promise<Cart | null> {
  const cart = await findMyCart(ctx, input.cartId)
  return cart ? await viewCart(ctx, cart) : null
}
