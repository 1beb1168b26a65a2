import type { ProductSort } from '@souk/product/contract'

/** What a listing shows, as its address says it. Prices are whole units of the currency, for people. */
export type ProductFilters = {
  q: string
  /** Families or colours, in the order they were chosen. */
  colours: readonly string[]
  category: string
  minPrice: number | undefined
  maxPrice: number | undefined
  isInStock: boolean
  sort: ProductSort | undefined
  /** How many products are shown; grows with "Load more". */
  shown: number
}

export const pageSize = 24
/** More than this on one page helps nobody; the filters do. */
export const maxShown = 240
export const sorts = ['newest', 'price_asc', 'price_desc'] as const satisfies readonly ProductSort[]

export const noFilters: ProductFilters = {
  q: '',
  colours: [],
  category: '',
  minPrice: undefined,
  maxPrice: undefined,
  isInStock: false,
  sort: undefined,
  shown: pageSize,
}

export type SearchParams = Record<string, string | string[] | undefined>

/** Reads any address, however odd: what makes no sense is left out, never an error. */
export function parseFilters(params: SearchParams): ProductFilters {
  const prices = [wholeNumber(params.min, 10_000_000), wholeNumber(params.max, 10_000_000)]
  const [minPrice, maxPrice] = prices
  const isReversed = minPrice !== undefined && maxPrice !== undefined && minPrice > maxPrice
  return {
    q: searchText(first(params.q)),
    colours: slugs(params.colour).slice(0, 20),
    category: slugs(params.category)[0] ?? '',
    minPrice: isReversed ? maxPrice : minPrice,
    maxPrice: isReversed ? minPrice : maxPrice,
    isInStock: first(params.stock) === 'in',
    sort: sorts.find((sort) => sort === first(params.sort)),
    shown: roundUp(wholeNumber(params.show, maxShown) ?? pageSize),
  }
}

/** The one address of these filters: always the same order, nothing that is the default. */
export function filtersQuery(filters: ProductFilters): string {
  const pairs: [string, string | undefined][] = [
    ['q', filters.q],
    ['category', filters.category],
    ['colour', filters.colours.join(',')],
    ['min', filters.minPrice?.toString()],
    ['max', filters.maxPrice?.toString()],
    ['stock', filters.isInStock ? 'in' : ''],
    ['sort', filters.sort],
    ['show', filters.shown > pageSize ? String(filters.shown) : ''],
  ]
  const params = new URLSearchParams()
  for (const [name, value] of pairs) if (value) params.set(name, value)
  const text = params.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** How many choices narrow the list; the search itself and the order are none. */
export function countFilters(filters: ProductFilters): number {
  const hasPrice = filters.minPrice !== undefined || filters.maxPrice !== undefined
  return (
    filters.colours.length + (filters.category ? 1 : 0) + (hasPrice ? 1 : 0) + (filters.isInStock ? 1 : 0)
  )
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** As a person typed it, without what no person types. */
function searchText(value: string): string {
  const text = value.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return text.slice(0, 120).toWellFormed().trim()
}

/** `a,b` and repeated parameters mean the same, so that a plain form works too. */
function slugs(value: string | string[] | undefined): string[] {
  const list = (Array.isArray(value) ? value : [value ?? '']).flatMap((text) => text.split(','))
  return [...new Set(list.filter((slug) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 60))]
}

function wholeNumber(value: string | string[] | undefined, most: number): number | undefined {
  const text = first(value).trim()
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : undefined
}

function roundUp(shown: number): number {
  return Math.min(maxShown, Math.max(pageSize, Math.ceil(shown / pageSize) * pageSize))
}
