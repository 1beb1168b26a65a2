import { AddCartItem, Cart, CartRef, MergeCarts, SetCartQuantity } from '@souk/order/contract'
import { customerProcedure, publicProcedure, router } from '../rpc.ts'

export const cartRouter = router({
  get: publicProcedure
    .input(CartRef)
    .output(Cart.nullable())
    .query(async ({ ctx, input }) => await ctx.services.order.cart.get.query(input)),
  addItem: publicProcedure
    .input(AddCartItem)
    .output(Cart)
    .mutation(async ({ ctx, input }) => await ctx.services.order.cart.addItem.mutate(input)),
  setQuantity: publicProcedure
    .input(SetCartQuantity)
    .output(Cart)
    .mutation(async ({ ctx, input }) => await ctx.services.order.cart.setQuantity.mutate(input)),
  clear: publicProcedure
    .input(CartRef)
    .output(Cart)
    .mutation(async ({ ctx, input }) => await ctx.services.order.cart.clear.mutate(input)),
  merge: customerProcedure
    .input(MergeCarts)
    .output(Cart)
    .mutation(async ({ ctx, input }) => await ctx.services.order.cart.merge.mutate(input)),
})
