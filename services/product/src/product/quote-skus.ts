import type { ProductContext } from '../context.ts'
import type { QuotedVariant } from '../contract.ts'
import { quoteVariants } from './quote-store.ts'
import { imageUrl } from './stored-product.ts'

/** On the path of every purchase: one prepared statement. */
export async function quoteSkus(
  ctx: ProductContext,
  input: { skus: readonly string[] },
): Promise<{ variants: QuotedVariant[] }> {
  const rows = await quoteVariants(ctx.db.sql, input.skus)
  return {
    variants: rows.map(({ unitPriceMinor, currency, imageId, ...same }) => ({
      ...same,
      imageUrl: imageId === null ? null : imageUrl(imageId, ctx.mediaBaseUrl),
      unitPrice: { amount: unitPriceMinor, currency },
    })),
  }
}
