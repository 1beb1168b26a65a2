import type { Sql } from '@souk/db/connect'
import type { QuotedVariant } from '../contract.ts'

type QuoteRow = Omit<QuotedVariant, 'imageUrl' | 'unitPrice'> & {
  imageId: string | null
  unitPriceMinor: number
  currency: QuotedVariant['unitPrice']['currency']
}

/** The picture is one of the variant's colour, else one of the whole product, else the first. */
const quoteSql = `
  select v.sku, v.id as "variantId", p.id as "productId", p.slug as "productSlug", c.slug as "categorySlug",
    p.name, v.options_label as "optionsLabel", coalesce(v.price_minor, p.price_minor) as "unitPriceMinor",
    p.currency, p.tax_class as "taxClass", coalesce(v.weight_grams, p.weight_grams) as "weightGrams",
    picture.id as "imageId"
  from variant v
  join product p on p.id = v.product_id and p.removed_at is null
  join category c on c.id = p.category_id
  left join lateral (
    select i.id from image i
    where i.product_id = p.id and i.removed_at is null
    order by i.colour is not distinct from v.options ->> 'colour' desc, i.colour is null desc, i.position
    limit 1
  ) picture on true
  where lower(v.sku) = any($1) and v.removed_at is null`

export async function quoteVariants(sql: Sql, skus: readonly string[]): Promise<QuoteRow[]> {
  return await sql.query<QuoteRow>(quoteSql, [skus.map((sku) => sku.toLowerCase())], 'quote-variants')
}
