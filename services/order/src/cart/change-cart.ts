import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { Cart as CartView } from '../contract.ts'
import type { Cart, CartItem } from './cart.ts'
import { findCart, findCartOfUser, lockCart, saveItems } from './cart-store.ts'
import { viewCart } from './view-cart.ts'

/** The caller's own cart, a guest's by its id. A cart that belongs to somebody else is missing to all others. */
export async function findMyCart(ctx: OrderContext, cartId: string | undefined): Promise<Cart | undefined> {
  const userId = ctx.principal.kind === 'user' ? ctx.principal.userId : null
  if (cartId === undefined) return userId === null ? undefined : await findCartOfUser(ctx.db.sql, userId)
  const cart = await findCart(ctx.db.sql, cartId)
  if (cart && cart.userId !== null && cart.userId !== userId) throw notFound('cart')
  return cart
}

export async function changeCart(
  ctx: OrderContext,
  command: { operation: string; input: { cartId?: string | undefined } },
  change: (items: readonly CartItem[]) => CartItem[],
): Promise<CartView> {
  const userId = ctx.principal.kind === 'user' ? ctx.principal.userId : null
  const { cartId } = command.input
  const { id } = await once(ctx.db, { ...command, principal: ctx.principal }, async (tx) => {
    // A signed-in customer who names a guest's cart still changes that one, until the two are merged.
    const named = cartId === undefined ? undefined : await findCart(tx, cartId)
    if (named && named.userId !== null && named.userId !== userId) throw notFound('cart')
    const cart = await lockCart(tx, {
      id: cartId,
      userId: cartId === undefined || named?.userId ? userId : null,
    })
    await saveItems(tx, cart, change(cart.items))
    return { id: cart.id }
  })
  const cart = await findCart(ctx.db.sql, id)
  if (!cart) throw notFound('cart')
  return await viewCart(ctx, cart)
}
