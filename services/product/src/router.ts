import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { z } from 'zod'
import { createCategory } from './category/create-category.ts'
import { listCategories } from './category/list-categories.ts'
import { updateCategory } from './category/update-category.ts'
import {
  Category,
  CategoryInput,
  CreateProduct,
  GetProduct,
  ListProducts,
  Product,
  ProductList,
  QuotedVariant,
  QuoteSkus,
  RemoveProduct,
  UpdateCategory,
  UpdateProduct,
} from './contract.ts'
import { createProduct } from './product/create-product.ts'
import { getProduct } from './product/get-product.ts'
import { listProducts } from './product/list-products.ts'
import { quoteSkus } from './product/quote-skus.ts'
import { removeProduct } from './product/remove-product.ts'
import { updateProduct } from './product/update-product.ts'
import { rpc } from './rpc.ts'

const { router, open, staff, staffOrService } = rpc

export const productRouter = router({
  product: router({
    list: open
      .input(ListProducts)
      .output(ProductList)
      .query(async ({ ctx, input }) => await listProducts(ctx, input)),
    get: open
      .input(GetProduct)
      .output(Product)
      .query(async ({ ctx, input }) => await getProduct(ctx, input)),
    quote: staffOrService('order')
      .input(QuoteSkus)
      .output(z.object({ variants: z.array(QuotedVariant) }))
      .query(async ({ ctx, input }) => await quoteSkus(ctx, input)),
    create: staff
      .input(CreateProduct)
      .output(Product)
      .mutation(async ({ ctx, input }) => await createProduct(ctx, input)),
    update: staff
      .input(UpdateProduct)
      .output(Product)
      .mutation(async ({ ctx, input }) => await updateProduct(ctx, input)),
    remove: staff
      .input(RemoveProduct)
      .output(RemoveProduct)
      .mutation(async ({ ctx, input }) => await removeProduct(ctx, input)),
  }),
  category: router({
    list: open
      .output(z.object({ items: z.array(Category) }))
      .query(async ({ ctx }) => await listCategories(ctx)),
    create: staff
      .input(CategoryInput)
      .output(Category)
      .mutation(async ({ ctx, input }) => await createCategory(ctx, input)),
    update: staff
      .input(UpdateCategory)
      .output(Category)
      .mutation(async ({ ctx, input }) => await updateCategory(ctx, input)),
  }),
  operations: router({
    overview: staff.output(BusOverview).query(async ({ ctx }) => await ctx.bus.overview()),
    deadLetters: staff
      .output(z.object({ items: z.array(DeadLetter) }))
      .query(async ({ ctx }) => ({ items: await ctx.bus.deadLetters() })),
    replay: staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(async ({ ctx, input }) => await ctx.bus.replay(input.id)),
  }),
})

export type ProductRouter = typeof productRouter
