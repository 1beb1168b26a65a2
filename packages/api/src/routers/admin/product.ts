import { Id } from '@souk/kernel/id'
import {
  CreateProduct,
  GetProduct,
  ListProducts,
  Product,
  ProductList,
  RemoveProduct,
  UpdateProduct,
} from '@souk/product/contract'
import { z } from 'zod'
import { awaitStock } from '../../await-stock.ts'
import { router, staffProcedure } from '../../rpc.ts'

export const adminProductRouter = router({
  list: staffProcedure
    .input(ListProducts)
    .output(ProductList)
    .query(async ({ ctx, input }) => await ctx.services.product.product.list.query(input)),
  get: staffProcedure
    .input(GetProduct)
    .output(Product)
    .query(async ({ ctx, input }) => await ctx.services.product.product.get.query(input)),
  create: staffProcedure
    .input(CreateProduct)
    .output(Product)
    .mutation(async ({ ctx, input }) => {
      const product = await ctx.services.product.product.create.mutate(input)
      await awaitStock(ctx.services, skusOf(product))
      return product
    }),
  update: staffProcedure
    .input(UpdateProduct)
    .output(Product)
    .mutation(async ({ ctx, input }) => {
      const product = await ctx.services.product.product.update.mutate(input)
      if (input.variants) await awaitStock(ctx.services, skusOf(product))
      return product
    }),
  remove: staffProcedure
    .input(RemoveProduct)
    .output(z.object({ id: Id }))
    .mutation(async ({ ctx, input }) => await ctx.services.product.product.remove.mutate(input)),
})

function skusOf(product: Product): string[] {
  return product.variants.map((variant) => variant.sku)
}
