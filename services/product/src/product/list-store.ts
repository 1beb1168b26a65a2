import type { Sql } from '@souk/db/connect'
import type { ListProducts, ProductSort } from '../contract.ts'
import type { Position } from './cursor.ts'
import type { FacetCounts } from './facets.ts'
import { productJson } from './product-json.ts'
import type { StoredProduct } from './stored-product.ts'

export type ListQuery = Omit<ListProducts, 'q' | 'sort' | 'cursor'> & {
  /** The words searched for; none at all when nothing was asked. */
  words: readonly string[] | undefined
  sort: ProductSort
  after: Position | undefined
}

export type Found = { rows: { key: number; product: StoredProduct }[]; counts: FacetCounts }

/** A page with its products (one more than asked for when there is more), the total and every facet. */
export async function findProducts(sql: Sql, query: ListQuery): Promise<Found> {
  const { text, values } = listSql(query)
  const [found] = await sql.query<Found>(text, values)
  if (!found) throw new Error('A statement that always has one row had none')
  return found
}

/** One statement, one pass over what matches. */
function listSql(query: ListQuery): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const param = (value: unknown, type: string) => {
    values.push(value)
    return `$${values.length}::${type}`
  }
  const isSearch = query.words !== undefined
  const filter = filters(query, param)
  const text = `
    with ${isSearch ? `${searched(param(query.words, 'text[]'))},` : ''}
    hit as not materialized (
      select p.id, p.category_id, p.price_from_minor as price, p.is_available, p.colour_slugs, p.colour_families,
        ${sortKey(query.sort, isSearch)} as key,
        ${filter.colour} as in_colour, ${filter.category} as in_category,
        ${filter.price} as in_price, ${filter.stock} as in_stock
      from product p ${isSearch ? 'cross join searched' : ''}
      where p.removed_at is null ${filter.always}
    ),
    page as (
      select id, key from hit
      where in_colour and in_category and in_price and in_stock
        ${query.after ? `and (key, id) < (${param(query.after.key, 'bigint')}, ${param(query.after.id, 'uuid')})` : ''}
      order by key desc, id desc limit ${param(query.limit + 1, 'int')}
    ),
    bucket as materialized (
      select category_id, is_available, colour_slugs, colour_families, in_colour, in_category, in_price, in_stock,
        count(*) as products, min(price) as lowest, max(price) as highest
      from hit group by 1, 2, 3, 4, 5, 6, 7, 8
    )
    select ${rowsJson} as rows, ${countsJson(query, param)} as counts`
  return { text, values }
}

type Param = (value: unknown, type: string) => string

function filters(query: ListQuery, param: Param) {
  const { colour, category, minPrice, maxPrice } = query
  const anyOf = colour && colour.length > 0 ? param(colour, 'text[]') : undefined
  const bounds = [
    minPrice === undefined ? undefined : `p.price_from_minor >= ${param(minPrice, 'bigint')}`,
    maxPrice === undefined ? undefined : `p.price_from_minor <= ${param(maxPrice, 'bigint')}`,
  ].filter((bound) => bound !== undefined)
  return {
    colour: anyOf === undefined ? 'true' : `(p.colour_slugs && ${anyOf} or p.colour_families && ${anyOf})`,
    category:
      category === undefined
        ? 'true'
        : `p.category_id is not distinct from (select id from category where slug = ${param(category, 'text')})`,
    price: bounds.length === 0 ? 'true' : bounds.join(' and '),
    stock: flag('p.is_available', query.inStock),
    always: [
      query.featured === undefined ? '' : `and ${flag('p.is_featured', query.featured)}`,
      query.words === undefined ? '' : 'and p.search @@ searched.query',
    ].join(' '),
  }
}

function flag(column: string, wanted: boolean | undefined): string {
  if (wanted === undefined) return 'true'
  return wanted ? column : `not ${column}`
}

/**
 * Every word must be found, the last one as the beginning of a word. A word that no product knows may also
 * be one with the same letters, or one of the words most like it.
 */
function searched(words: string): string {
  return `searched as materialized (
    select to_tsquery('shop', coalesce(string_agg('(' || choice.alternatives || ')', ' & ' order by word.n), '')) as query
    from (
      select spelt.text, spelt.n, unaccent(spelt.text) as plain,
        spelt.n = array_length(${words}, 1) and length(spelt.text) > 1 as is_open
      from unnest(${words}) with ordinality as spelt(text, n)
    ) word
    cross join lateral (
      select string_agg(alternative, ' | ') as alternatives from (
        select word.text || case when word.is_open then ':*' else '' end as alternative
        union all (
          select near.word from search_word near
          where (near.word % word.plain or near.letters = letters_of(word.plain)) and not exists (
            select 1 from search_word known
            where known.word like word.plain || '%' and (word.is_open or known.word = word.plain))
          order by near.letters = letters_of(word.plain) desc, similarity(near.word, word.plain) desc, near.word
          limit 4
        )
      ) found
    ) choice
  )`
}

/** One whole number per product, always sorted downwards; the id decides between equals. */
function sortKey(sort: ProductSort, isSearch: boolean): string {
  const age = '(extract(epoch from p.created_at) * 1000000)::bigint'
  switch (sort) {
    case 'newest':
      return age
    case 'price_asc':
      return '-p.price_from_minor'
    case 'price_desc':
      return 'p.price_from_minor'
    case 'rating':
      return `case when p.rating_count = 0 then 0
        else p.rating_total * 1000 / p.rating_count * 1000000 + least(p.rating_count, 999999) end`
    case 'relevance':
      if (isSearch) return `(ts_rank('{0.05, 0.2, 0.5, 1}', p.search, searched.query) * 1000000)::bigint`
      return `${age} + case when p.is_featured then 4000000000000000 else 0 end`
  }
}

const rowsJson = `coalesce((
  select json_agg(json_build_object('key', page.key, 'product', ${productJson}) order by page.key desc, page.id desc)
  from page join product p on p.id = page.id join category c on c.id = p.category_id), '[]')`

/** Counted over buckets of products that are alike, of which there are few. */
function countsJson(query: ListQuery, param: Param): string {
  const colours = param(query.colour ?? [], 'text[]')
  const category = param(query.category ?? '', 'text')
  const sum = (condition: string) => `(select coalesce(sum(products), 0) from bucket where ${condition})`
  return `json_build_object(
    'total', ${sum('in_colour and in_category and in_price and in_stock')},
    'inStock', ${sum('in_colour and in_category and in_price and is_available')},
    'minPrice', (select min(lowest) from bucket where in_colour and in_category and in_stock),
    'maxPrice', (select max(highest) from bucket where in_colour and in_category and in_stock),
    'colours', coalesce((
      select json_agg(json_build_object('slug', slug, 'name', name, 'family', family, 'hex', hex,
                                        'count', coalesce(count, 0)))
      from colour left join (
        select slug, sum(products) as count from bucket cross join unnest(colour_slugs) as slug
        where in_category and in_price and in_stock group by slug
      ) counted using (slug)
      where count > 0 or slug = any(${colours})), '[]'),
    'families', coalesce((
      select json_agg(json_build_object('slug', slug, 'count', count)) from (
        select slug, sum(products) as count from bucket cross join unnest(colour_families) as slug
        where in_category and in_price and in_stock group by slug
      ) counted), '[]'),
    'categories', coalesce((
      select json_agg(json_build_object('slug', category.slug, 'name', category.name, 'count', coalesce(count, 0))
                      order by category.position, category.name)
      from category left join (
        select category_id, sum(products) as count from bucket
        where in_colour and in_price and in_stock group by category_id
      ) counted on counted.category_id = category.id
      where count > 0 or category.slug = ${category}), '[]'))`
}
