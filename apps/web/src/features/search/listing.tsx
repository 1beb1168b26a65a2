import type { Facets } from '@souk/product/contract'
import type { ReactNode } from 'react'
import { FilterChips } from './filter-chips.tsx'
import { FilterDrawer } from './filter-drawer.tsx'
import { FilterForm } from './filter-form.tsx'
import { ListingNavigation, Results } from './listing-navigation.tsx'
import type { ProductFilters } from './product-filters.ts'
import { SortSelect } from './sort-select.tsx'

type ListingProps = {
  basePath: string
  filters: ProductFilters
  facets: Facets
  total: number
  hasCategories: boolean
  /** The shelf of products with what follows it, or what to do when there are none. */
  children: ReactNode
}

const formId = 'filter-form'

/** Filters at the side, results in the middle, every choice in the address. */
export function Listing({ total, children, ...form }: ListingProps) {
  return (
    <ListingNavigation>
      <div className="grid gap-x-10 lg:grid-cols-[15rem_1fr] xl:gap-x-14">
        <aside id="filters" aria-label="Filters" className="mb-8 hidden target:block lg:block">
          <FilterForm {...form} id={formId} />
        </aside>
        <div className="min-w-0">
          <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <FilterDrawer {...form} total={total} />
            <p role="status" className="figures text-ink-soft max-lg:order-last max-lg:w-full">
              {total} {total === 1 ? 'product' : 'products'}
            </p>
            <SortSelect basePath={form.basePath} filters={form.filters} formId={formId} />
          </div>
          <div className="mb-5 empty:hidden">
            <FilterChips basePath={form.basePath} filters={form.filters} facets={form.facets} />
          </div>
          <Results>{children}</Results>
        </div>
      </div>
    </ListingNavigation>
  )
}
