import { nobody } from '@souk/testing/service-harness'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListProducts, Product, ProductSort } from '../src/contract.ts'
import { type ProductHarness, refusal, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
let list: (
  input?: Partial<ListProducts>,
) => Promise<Awaited<ReturnType<typeof shop.staff.product.list.query>>>
let all: Product[]

const colours = [
  { slug: 'oat', name: 'Oat', family: 'white', hex: '#ddd0b8' },
  { slug: 'chalk', name: 'Chalk', family: 'white', hex: '#e6e0d4' },
  { slug: 'tide', name: 'Tide', family: 'blue', hex: '#2f6f73' },
]
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

/** 24 products in two categories: every combination of colour, price, stock and feature, some of them equal. */
beforeAll(async () => {
  shop = await startProductHarness()
  const visitor = shop.service.as(nobody)
  list = async (input = {}) => await visitor.product.list.query(input)
  const shelves = [(await shop.category('Cups & Mugs')).slug, (await shop.category('Lamps')).slug]
  for (let index = 0; index < 24; index += 1) {
    const colour = colours[index % 3]?.name ?? ''
    await shop.product({
      name: `${index % 2 === 0 ? 'Stoneware mug' : 'Brass lamp'} ${index}`,
      category: shelves[index % 2],
      description: index === 5 ? 'Holds a single café au lait.' : 'Turned by hand.',
      price: eur(1000 + (index % 4) * 500),
      colours,
      tags: index === 4 ? ['everyday'] : [],
      featured: index % 6 === 0,
      variants: [
        variant({ colour, size: 's' }, { stock: index % 5 === 0 ? 0 : 10 }),
        variant({ colour, size: 'l' }, { price: eur(9000) }),
      ],
    })
  }
  all = (await list({ limit: 100 })).items
})
afterAll(async () => await shop.stop())

const lowest = (product: Product) => Math.min(...product.variants.map((each) => each.price.amount))
const has = (product: Product, wanted: readonly string[]) =>
  product.colours.some((colour) => wanted.includes(colour.slug) || wanted.includes(colour.family))

type Filters = Pick<ListProducts, 'colour' | 'category' | 'minPrice' | 'maxPrice' | 'inStock' | 'featured'>
type Filter = keyof Filters | 'price'

/** The same list, written down plainly; `except` leaves one filter out, as a facet does. */
function expected(filters: Partial<Filters>, except?: Filter): Product[] {
  return all.filter(
    (product) =>
      (except === 'colour' || !filters.colour?.length || has(product, filters.colour)) &&
      (except === 'category' || !filters.category || product.category.slug === filters.category) &&
      (except === 'price' || lowest(product) >= (filters.minPrice ?? 0)) &&
      (except === 'price' || lowest(product) <= (filters.maxPrice ?? Number.MAX_SAFE_INTEGER)) &&
      (except === 'inStock' || filters.inStock === undefined || product.available === filters.inStock) &&
      (filters.featured === undefined || product.featured === filters.featured),
  )
}

const anyFilters: fc.Arbitrary<Partial<Filters>> = fc.record(
  {
    colour: fc.subarray(['oat', 'tide', 'white', 'blue', 'no-such-colour']),
    category: fc.constantFrom('cups-mugs', 'lamps', 'no-such-category'),
    minPrice: fc.constantFrom(0, 1000, 1500, 2001),
    maxPrice: fc.constantFrom(1000, 1999, 2500, 100_000_000_000),
    inStock: fc.boolean(),
    featured: fc.boolean(),
  },
  { requiredKeys: [] },
)
const sorts: ProductSort[] = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating']
const ids = (products: readonly Product[]) => products.map((product) => product.id).toSorted()

/** Every page of a list, one after the other. */
async function pages(input: Partial<ListProducts> & { limit: number }): Promise<Product[]> {
  const found: Product[] = []
  let cursor: string | undefined
  do {
    const page = await list({ ...input, ...(cursor === undefined ? {} : { cursor }) })
    expect(page.items.length).toBeLessThanOrEqual(input.limit)
    expect(page.total).toBe(expected(input).length)
    found.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return found
}

describe('any filter', () => {
  it('gives each product exactly once over all pages, in one order, under any sort and page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilters,
        fc.constantFrom(...sorts),
        fc.integer({ min: 1, max: 9 }),
        async (filters, sort, limit) => {
          const found = await pages({ ...filters, sort, limit })
          expect(ids(found)).toEqual(ids(expected(filters)))
          const whole = await list({ ...filters, sort, limit: 100 })
          expect(found.map((product) => product.id)).toEqual(whole.items.map((product) => product.id))
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each(['rating', 'price_asc', 'price_desc'] as const)(
    'keeps products that are equal to the sort %s apart',
    async (sort) => {
      for (const limit of [1, 3, 7]) expect(ids(await pages({ sort, limit }))).toEqual(ids(all))
    },
  )

  it('counts every facet without that facet’s own filter', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilters, async (filters) => {
        const { facets } = await list({ ...filters, limit: 1 })
        const byColour = expected(filters, 'colour')
        for (const colour of facets.colours) {
          expect(colour.count).toBe(byColour.filter((product) => has(product, [colour.slug])).length)
        }
        expect(facets.colours.filter((colour) => colour.count > 0)).toHaveLength(
          new Set(byColour.flatMap((product) => product.colours.map((colour) => colour.slug))).size,
        )
        for (const family of facets.families) {
          const own = byColour.filter((product) =>
            product.colours.some((colour) => colour.family === family.slug),
          )
          expect(family.count).toBe(own.length)
        }
        for (const category of facets.categories) {
          const own = expected(filters, 'category').filter((each) => each.category.slug === category.slug)
          expect(category.count).toBe(own.length)
        }
        const prices = expected(filters, 'price').map(lowest)
        expect(facets.price).toEqual({
          min: prices.length === 0 ? 0 : Math.min(...prices),
          max: prices.length === 0 ? 0 : Math.max(...prices),
          currency: 'EUR',
        })
        expect(facets.inStock).toBe(
          expected(filters, 'inStock').filter((product) => product.available).length,
        )
      }),
      { numRuns: 40 },
    )
  })
})

describe('a chosen colour', () => {
  it('still shows the others, by name, family and hex', async () => {
    const { facets, total } = await list({ colour: ['tide'] })
    expect(total).toBe(8)
    expect(facets.colours).toEqual([
      { slug: 'chalk', name: 'Chalk', family: 'white', hex: '#e6e0d4', count: 8 },
      { slug: 'oat', name: 'Oat', family: 'white', hex: '#ddd0b8', count: 8 },
      { slug: 'tide', name: 'Tide', family: 'blue', hex: '#2f6f73', count: 8 },
    ])
    expect(facets.families).toEqual([
      { slug: 'white', name: 'White', count: 16 },
      { slug: 'blue', name: 'Blue', count: 8 },
    ])
  })

  it('that nothing has left is still in sight, at zero', async () => {
    const { facets } = await list({ colour: ['tide', 'pink'], maxPrice: 1 })
    expect(facets.colours).toMatchObject([{ slug: 'tide', count: 0 }])
    expect(facets.families).toMatchObject([{ slug: 'pink', count: 0 }])
  })
})

describe('a sort', () => {
  it('by price goes by the lowest price of the variants', async () => {
    const up = (await list({ sort: 'price_asc', limit: 100 })).items.map(lowest)
    expect(up).toEqual(up.toSorted((a, b) => a - b))
    const down = (await list({ sort: 'price_desc', limit: 100 })).items.map(lowest)
    expect(down).toEqual(up.toReversed())
  })

  it('by newest puts the last one first, and without a wish what is featured comes first', async () => {
    const newest = (await list({ sort: 'newest', limit: 100 })).items
    expect(newest.map((product) => product.createdAt)).toEqual(
      newest
        .map((product) => product.createdAt)
        .toSorted()
        .toReversed(),
    )
    const usual = (await list({ limit: 100 })).items.map((product) => product.featured)
    expect(usual.slice(0, 4)).toEqual([true, true, true, true])
    expect(usual.slice(4)).not.toContain(true)
  })
})

describe('a search', () => {
  const search = async (q: string) => (await list({ q, limit: 100 })).items.map((product) => product.name)

  it.each([
    ['stoneware mug', 12],
    ['mug', 12],
    ['MUGS', 12],
    ['stonew', 12],
    ['stonewear mug', 12],
    ['stonware', 12],
    ['bras lamp', 12],
    ['lampp', 12],
    ['lapm', 12],
    ['stoneware mgu', 12],
    ['tide lamp', 4],
    ['mug 4', 1],
    ['brass mug', 0],
    ['cafe', 1],
    ['Café', 1],
    ['turned hand', 23],
    ['xylophone', 0],
    ['!!!', 0],
  ])('for %j finds %d products', async (q, count) => {
    expect(await search(q)).toHaveLength(count)
  })

  it('finds by SKU', async () => {
    const [first] = all
    expect(await search(first?.variants[0]?.sku ?? '')).toEqual([first?.name])
  })

  it('puts a hit in the name before one in the tags or the text', async () => {
    await shop.product({ name: 'Everyday plate', description: 'Plain.' })
    expect((await search('everyday'))[0]).toBe('Everyday plate')
  })

  it.each(["'; drop table product; --", ':* & | !', '%', '\\', '((((', "a' | 'b"])(
    'of %j is words, never operators',
    async (q) => {
      const { total } = await list({ q })
      expect(total).toBeLessThanOrEqual(all.length + 1)
    },
  )

  it('with filters counts facets of what it found', async () => {
    const { facets, total } = await list({ q: 'lamp', colour: ['blue'] })
    expect(total).toBe(4)
    expect(facets.categories).toMatchObject([{ slug: 'lamps', count: 4 }])
    expect(facets.colours.map((colour) => colour.count)).toEqual([4, 4, 4])
  })
})

describe('a cursor', () => {
  it('of another sort, of another text, or of nobody is refused by path', async () => {
    const { nextCursor } = await list({ sort: 'newest', limit: 1 })
    const cursor = nextCursor ?? ''
    for (const input of [
      { sort: 'price_asc', cursor },
      { cursor },
      { q: 'mug', cursor },
      { sort: 'newest', cursor: `${cursor}x` },
      { sort: 'newest', cursor: 'e30' },
      { sort: 'newest', cursor: '' },
    ] as Partial<ListProducts>[]) {
      expect(await refusal(list(input)), JSON.stringify(input)).toMatchObject({
        code: 'INVALID_INPUT',
        paths: ['cursor'],
      })
    }
  })

  it('goes on where it was when products come before and after it', async () => {
    const first = await list({ sort: 'price_asc', limit: 12 })
    await shop.product({ name: 'Late and cheap', price: eur(1) })
    await shop.product({ name: 'Late and dear', price: eur(8000) })
    const rest = await list({ sort: 'price_asc', limit: 100, cursor: first.nextCursor ?? '' })
    const seen = [...first.items, ...rest.items].map((product) => product.name)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).not.toContain('Late and cheap')
    expect(seen.at(-1)).toBe('Late and dear')
  })
})

it('a product names others of its category to show beside it', async () => {
  const product = await shop.service.as(nobody).product.get.query({ idOrSlug: all[0]?.id ?? '' })
  expect(product.related).toHaveLength(4)
  expect(product.related).not.toContain(product.slug)
})
