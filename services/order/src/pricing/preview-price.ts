import { money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { PreviewPrice, PricePreview } from '../contract.ts'
import { chooseShipping } from '../shipping/choose-shipping.ts'
import { zoneFor } from '../shipping/shipping.ts'
import { taxRulesFor } from '../tax/tax.ts'
import { priceOrder } from './price-order.ts'
import { priceTable } from './pricing-store.ts'

/** What a cart of this value would cost somewhere, without promotions. */
export async function previewPrice(
  ctx: OrderContext,
  input: z.output<typeof PreviewPrice>,
): Promise<PricePreview> {
  const { zones, tax: table } = await priceTable(ctx.db)
  const { country, region, subtotalMinor, grams } = input
  const { options, undeliverable } = chooseShipping(zones, {
    country,
    region,
    parcel: { grams, subtotalMinor },
    method: undefined,
    isPlacing: false,
  })
  const tax = taxRulesFor(table, country, region)
  const goods = { sku: 'preview', productId: '', categorySlug: '', quantity: 1, taxClass: input.taxClass }
  return {
    zone: zoneFor(zones, country, region)?.name ?? null,
    undeliverable,
    pricesIncludeTax: tax.pricesIncludeTax,
    options: options.map(({ code, name, priceMinor }) => {
      const price = priceOrder({
        lines: [{ ...goods, unitPriceMinor: subtotalMinor }],
        shippingMinor: priceMinor,
        promotions: [],
        tax,
      })
      return {
        code,
        name,
        shipping: money(priceMinor),
        tax: money(price.taxMinor),
        total: money(price.totalMinor),
        taxLines: price.taxLines,
      }
    }),
  }
}
