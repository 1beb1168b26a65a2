import { AppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Cart, MergeCarts } from '../contract.ts'
import { mergeItems } from './cart.ts'
import { findCart, findCartOfUser, lockCart, removeCart, saveItems } from './cart-store.ts'
import { viewCart } from './view-cart.ts'

/** At sign-in: the guest's cart joins the customer's and is gone. Repeating it changes nothing. */
export async function mergeCarts(ctx: OrderContext, input: z.output<typeof MergeCarts>): Promise<Cart> {
  const { principal } = ctx
  if (principal.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
  await once(ctx.db, { operation: 'cart.merge', principal, input }, async (tx) => {
    const own = await lockCart(tx, { id: undefined, userId: principal.userId })
    const guest = await findCart(tx, input.cartId)
    if (guest && guest.userId !== null && guest.userId !== principal.userId) throw notFound('cart')
    if (guest && guest.id !== own.id) {
      await saveItems(tx, own, mergeItems(own.items, guest.items))
      await removeCart(tx, guest.id)
    }
    return { id: own.id }
  })
  const cart = await findCartOfUser(ctx.db.sql, principal.userId)
  if (!cart) throw notFound('cart')
  return await viewCart(ctx, cart)
}
