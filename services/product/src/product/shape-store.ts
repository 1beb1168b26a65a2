import type { Sql } from '@souk/db/connect'
import type { Shape, ShapedVariant } from './shape.ts'

/** Makes a product's options, colours and variants what `shape` says; `removedIds` are variants no longer sold. */
export async function writeShape(
  tx: Sql,
  productId: string,
  shape: Shape,
  removedIds: readonly string[] = [],
): Promise<void> {
  await writeOptions(tx, productId, shape.options)
  await writeColours(tx, productId, shape.colours)
  if (removedIds.length > 0) {
    await tx.query('update variant set removed_at = now() where id = any($1::uuid[])', [removedIds])
  }
  await writeVariants(tx, productId, shape.variants)
  await writeFirstStock(tx, shape.variants)
}

async function writeOptions(tx: Sql, productId: string, options: Shape['options']): Promise<void> {
  await tx.query('delete from product_option where product_id = $1', [productId])
  if (options.length === 0) return
  await tx.query(
    `with given as (
       select option.value ->> 'code' as code, option.value ->> 'name' as name, option.value -> 'values' as values, option.n
       from jsonb_array_elements($2::jsonb) with ordinality as option(value, n)
     ), options as (
       insert into product_option (product_id, code, name, position) select $1, code, name, n from given
     )
     insert into product_option_value (product_id, option_code, code, name, position)
     select $1, given.code, value.item ->> 'code', value.item ->> 'name', value.n
     from given cross join jsonb_array_elements(given.values) with ordinality as value(item, n)`,
    [productId, JSON.stringify(options)],
    'shape-options',
  )
}

/** A colour new to the shop joins the palette; one the palette knows is left as it is there. */
async function writeColours(tx: Sql, productId: string, colours: Shape['colours']): Promise<void> {
  await tx.query('delete from product_colour where product_id = $1', [productId])
  if (colours.length === 0) return
  await tx.query(
    `with given as (
       select * from jsonb_to_recordset($2) as colour(slug text, name text, family text, hex text, position int)
     ), palette as (
       insert into colour (slug, name, family, hex) select slug, name, family, hex from given on conflict do nothing
     )
     insert into product_colour (product_id, slug, name, family, hex, position)
     select $1, slug, name, family, hex, position from given`,
    [productId, numbered(colours)],
    'shape-colours',
  )
  await tx.query(
    `update image set colour = null
     where product_id = $1 and colour is not null
       and colour not in (select slug from product_colour where product_id = $1)`,
    [productId],
  )
}

async function writeVariants(tx: Sql, productId: string, variants: readonly ShapedVariant[]): Promise<void> {
  await tx.query(
    `insert into variant (id, product_id, sku, options, options_label, price_minor, barcode, weight_grams, position)
     select id, $1, sku, options, "optionsLabel", "priceMinor", barcode, "weightGrams", position
     from jsonb_to_recordset($2) as given(
       id uuid, sku text, options jsonb, "optionsLabel" text, "priceMinor" bigint, barcode text, "weightGrams" int,
       position int)
     on conflict (id) do update
       set options = excluded.options, options_label = excluded.options_label,
           price_minor = excluded.price_minor, barcode = excluded.barcode,
           weight_grams = excluded.weight_grams, position = excluded.position`,
    [productId, numbered(variants)],
    'shape-variants',
  )
}

function numbered(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row, position) => ({ ...row, position })))
}

/**
 * What inventory will receive because of the event is shown at once. For a SKU that was sold before,
 * inventory's figure stands; its row is locked, so that a change under way sees the new variant.
 */
async function writeFirstStock(tx: Sql, variants: readonly ShapedVariant[]): Promise<void> {
  const added = variants.filter((variant) => variant.initialStock !== null)
  if (added.length === 0) return
  await tx.query(
    `insert into availability (sku, available)
     select sku, stock from unnest($1::text[], $2::int[]) as added(sku, stock) order by 1
     on conflict (sku) do update set sku = excluded.sku`,
    [added.map((variant) => variant.sku), added.map((variant) => variant.initialStock)],
    'shape-first-stock',
  )
}

/** Brings up to date what lists and search read of a product. Call it last in every write. */
export async function refreshListing(tx: Sql, productId: string): Promise<void> {
  await tx.query(refreshSql, [productId], 'listing-refresh')
}

const refreshSql = `
with source as (
  select p.id, p.name as title,
    concat_ws(' ', array_to_string(p.tags, ' '), c.name, colours.names) as subjects,
    concat_ws(' ', p.short_description, array_to_string(p.materials, ' '), choices.names) as details,
    p.description as story,
    skus.codes, skus.lowest, skus.any_left, colours.slugs, colours.families
  from product p
  join category c on c.id = p.category_id
  cross join lateral (
    select string_agg(name || ' ' || family, ' ') as names, array_agg(slug order by position) as slugs,
           array_agg(distinct family) as families
    from product_colour where product_id = p.id) colours
  cross join lateral (
    select string_agg(name, ' ') as names from product_option_value where product_id = p.id) choices
  cross join lateral (
    select string_agg(translate(v.sku, '-_.', '   '), ' ') as codes,
           min(coalesce(v.price_minor, p.price_minor)) as lowest, bool_or(a.available > 0 or a.backorderable > 0) as any_left
    from variant v left join availability a on a.sku = v.sku
    where v.product_id = p.id and v.removed_at is null) skus
  where p.id = $1
), words as (
  insert into search_word (word, letters)
  select distinct found.lexeme, letters_of(found.lexeme)
  from source, unnest(to_tsvector('shop_words', concat_ws(' ', title, subjects, details, story))) as found
  where found.lexeme ~ '^[^0-9]{3,40}$'
  order by 1
  on conflict do nothing
)
update product p set
  price_from_minor = coalesce(source.lowest, p.price_minor),
  is_available = coalesce(source.any_left, false),
  colour_slugs = coalesce(source.slugs, '{}'),
  colour_families = coalesce(source.families, '{}'),
  search = setweight(to_tsvector('shop', source.title), 'A')
    || setweight(to_tsvector('shop', source.subjects), 'B')
    || setweight(to_tsvector('shop', source.details), 'C')
    || setweight(to_tsvector('shop', source.story), 'D')
    || setweight(to_tsvector('shop', coalesce(source.codes, '')), 'C')
from source where p.id = source.id`
