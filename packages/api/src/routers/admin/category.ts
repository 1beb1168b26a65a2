import { Category, CategoryInput, UpdateCategory } from '@souk/product/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminCategoryRouter = router({
  create: staffProcedure
    .input(CategoryInput)
    .output(Category)
    .mutation(async ({ ctx, input }) => await ctx.services.product.category.create.mutate(input)),
  update: staffProcedure
    .input(UpdateCategory)
    .output(Category)
    .mutation(async ({ ctx, input }) => await ctx.services.product.category.update.mutate(input)),
})
