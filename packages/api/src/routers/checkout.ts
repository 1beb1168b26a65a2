import { OrderQuote, PlaceOrder, PlaceResult, QuoteOrder } from '@souk/order/contract'
import { publicProcedure, router } from '../rpc.ts'

export const checkoutRouter = router({
  quote: publicProcedure
    .input(QuoteOrder)
    .output(OrderQuote)
    .query(async ({ ctx, input }) => await ctx.services.order.checkout.quote.query(input)),
  place: publicProcedure
    .meta({ access: 'public', limit: 'order' })
    .input(PlaceOrder)
    .output(PlaceResult)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.place.mutate(input)),
})
