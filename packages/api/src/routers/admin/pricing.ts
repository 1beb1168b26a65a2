import type { NamedPerson } from '@souk/identity/contract'
import { pageOf } from '@souk/kernel/page'
import {
  ListPriceChanges,
  PreviewPrice,
  PricePreview,
  SaveTaxCountry,
  SaveZone,
  TaxCountry,
  TaxCountryRef,
  TaxTable,
  Zone,
  ZoneList,
  ZoneRef,
} from '@souk/order/contract'
import { z } from 'zod'
import { NamedPriceChange } from '../../contract.ts'
import { namesOf } from '../../names-of.ts'
import { router, staffProcedure } from '../../rpc.ts'

export const adminPricingRouter = router({
  preview: staffProcedure
    .input(PreviewPrice)
    .output(PricePreview)
    .query(async ({ ctx, input }) => await ctx.services.order.pricing.preview.query(input)),
  changes: staffProcedure
    .input(ListPriceChanges)
    .output(pageOf(NamedPriceChange))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.order.pricing.changes.query(input)
      const ids = page.items.map(({ actor }) => actor)
      // Who it was helps; without identity the change is shown all the same.
      const named = await namesOf(ctx.services, ids).catch(() => new Map<string, NamedPerson>())
      return {
        ...page,
        items: page.items.map((change) => ({ ...change, actorName: named.get(change.actor)?.name ?? null })),
      }
    }),
  taxes: staffProcedure
    .output(TaxTable)
    .query(async ({ ctx }) => await ctx.services.order.pricing.taxes.query()),
  saveTax: staffProcedure
    .input(SaveTaxCountry)
    .output(TaxCountry)
    .mutation(async ({ ctx, input }) => await ctx.services.order.pricing.saveTax.mutate(input)),
  removeTax: staffProcedure
    .input(TaxCountryRef)
    .output(z.object({ country: z.string() }))
    .mutation(async ({ ctx, input }) => await ctx.services.order.pricing.removeTax.mutate(input)),
  zones: staffProcedure
    .output(ZoneList)
    .query(async ({ ctx }) => await ctx.services.order.pricing.zones.query()),
  saveZone: staffProcedure
    .input(SaveZone)
    .output(Zone)
    .mutation(async ({ ctx, input }) => await ctx.services.order.pricing.saveZone.mutate(input)),
  removeZone: staffProcedure
    .input(ZoneRef)
    .output(ZoneRef)
    .mutation(async ({ ctx, input }) => await ctx.services.order.pricing.removeZone.mutate(input)),
})
