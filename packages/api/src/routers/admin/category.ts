import { Category, CategoryInput } from '@souk/product/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminCategoryRouter = router({
  create: staffProcedure
    .input(CategoryInput)
    .output(Category)
    .mutation(async ({ ctx, input }) => await ctx.services.product.category.create.mutate(input)),
})
