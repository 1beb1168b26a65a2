'use client'

import type { Facets } from '@souk/product/contract'
import { Icon } from '@souk/ui/icon'
import { X } from 'lucide-react'
import type { MouseEvent } from 'react'
import { useListingNavigation } from './listing-navigation.tsx'
import { filtersQuery, noFilters, type ProductFilters, pageSize } from './product-filters.ts'

type Chip = { label: string; without: ProductFilters }
type FilterChipsProps = { basePath: string; filters: ProductFilters; facets: Facets }

/** Every choice that narrows the list, each a link to the list without it. */
export function FilterChips({ basePath, filters, facets }: FilterChipsProps) {
  const { go } = useListingNavigation()
  const chips = chipsOf(filters, facets)
  if (chips.length === 0) return null
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(event.currentTarget.pathname + event.currentTarget.search)
  }
  const href = (next: ProductFilters) => `${basePath}${filtersQuery({ ...next, shown: pageSize })}`
  return (
    <ul aria-label="Chosen filters" className="flex flex-wrap items-center gap-2">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <a
            href={href(without)}
            onClick={follow}
            aria-label={`Remove filter: ${label}`}
            className="touch inline-flex min-h-9 items-center gap-2 rounded-control border border-edge px-3 text-sm transition-colors hover:border-ink"
          >
            {label}
            <Icon icon={X} size={16} />
          </a>
        </li>
      ))}
      <li>
        <a
          href={href({ ...noFilters, q: filters.q, sort: filters.sort })}
          onClick={follow}
          className="touch link px-2 text-sm"
        >
          Clear all filters
        </a>
      </li>
    </ul>
  )
}

function chipsOf(filters: ProductFilters, facets: Facets): Chip[] {
  const nameOf = (slug: string) =>
    [...facets.families, ...facets.colours].find((each) => each.slug === slug)?.name ?? slug
  const category = facets.categories.find(({ slug }) => slug === filters.category)?.name ?? filters.category
  const chips: Chip[] = filters.colours.map((colour) => ({
    label: nameOf(colour),
    without: { ...filters, colours: filters.colours.filter((each) => each !== colour) },
  }))
  if (filters.category) chips.push({ label: category, without: { ...filters, category: '' } })
  const price = priceLabel(filters, facets.price.currency)
  if (price) chips.push({ label: price, without: { ...filters, minPrice: undefined, maxPrice: undefined } })
  if (filters.isInStock) chips.push({ label: 'In stock', without: { ...filters, isInStock: false } })
  return chips
}

function priceLabel({ minPrice, maxPrice }: ProductFilters, currency: string): string | undefined {
  if (minPrice === undefined && maxPrice === undefined) return undefined
  const text = new Intl.NumberFormat('en-IE', { style: 'currency', currency, maximumFractionDigits: 0 })
  if (minPrice === undefined) return `Up to ${text.format(maxPrice ?? 0)}`
  return maxPrice === undefined ? `From ${text.format(minPrice)}` : text.formatRange(minPrice, maxPrice)
}
