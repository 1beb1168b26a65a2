'use client'

import { Icon } from '@souk/ui/icon'
import { ChevronDown } from 'lucide-react'
import { useListingNavigation } from './listing-navigation.tsx'
import { filtersQuery, type ProductFilters, pageSize, sorts } from './product-filters.ts'

const labels = {
  newest: 'Newest first',
  price_asc: 'Price, low to high',
  price_desc: 'Price, high to low',
} as const

/** Belongs to the filter form, so that it is sent with it where no script runs. */
export function SortSelect({
  basePath,
  filters,
  formId,
}: {
  basePath: string
  filters: ProductFilters
  formId: string
}) {
  const { go } = useListingNavigation()
  return (
    <label className="relative flex items-center gap-2">
      <span className="text-ink-soft max-lg:sr-only">Sort by</span>
      <select
        key={filters.sort ?? ''}
        name="sort"
        form={formId}
        defaultValue={filters.sort ?? ''}
        onChange={(event) => {
          const sort = sorts.find((each) => each === event.target.value)
          go(`${basePath}${filtersQuery({ ...filters, sort, shown: pageSize })}`)
        }}
        className="h-11 appearance-none rounded-control bg-transparent pr-7 font-medium [field-sizing:content]"
      >
        <option value="">{filters.q ? 'Best match' : 'Our choice'}</option>
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {labels[sort]}
          </option>
        ))}
      </select>
      <Icon icon={ChevronDown} size={16} className="pointer-events-none absolute right-1" />
    </label>
  )
}
