import { Category, GetProduct, ListProducts, Product, ProductList } from '@souk/product/contract'
import { z } from 'zod'
import { publicProcedure, router } from '../rpc.ts'

export const CategoryList = z.object({ items: z.array(Category) })

export const productRouter = router({
  list: publicProcedure
    .input(ListProducts)
    .output(ProductList)
    .query(async ({ ctx, input }) => await ctx.services.product.product.list.query(input)),
  get: publicProcedure
    .input(GetProduct)
    .output(Product)
    .query(async ({ ctx, input }) => await ctx.services.product.product.get.query(input)),
  categories: publicProcedure
    .output(CategoryList)
    .query(async ({ ctx }) => await ctx.services.product.category.list.query()),
})
