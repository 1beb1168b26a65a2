import { LoadMore } from '@souk/ui/pagination'
import Link from 'next/link'
import { readListing } from '../../data/listing.ts'
import { Shelf } from '../../features/product/shelf.tsx'
import { Listing } from '../../features/search/listing.tsx'
import { NoResults } from '../../features/search/no-results.tsx'
import {
  filtersQuery,
  maxShown,
  type ProductFilters,
  pageSize,
} from '../../features/search/product-filters.ts'

type ProductListingProps = {
  basePath: string
  filters: ProductFilters
  /** Set by a category's own page; not part of its query. */
  category?: string
}

export async function ProductListing({ basePath, filters, category }: ProductListingProps) {
  const { items, total, facets } = await readListing(category ? { ...filters, category } : filters)
  const hasMore = items.length < total && filters.shown < maxShown
  const moreHref = `${basePath}${filtersQuery({ ...filters, shown: filters.shown + pageSize })}`
  return (
    <Listing basePath={basePath} filters={filters} facets={facets} total={total} hasCategories={!category}>
      {items.length === 0 ? (
        <NoResults basePath={basePath} filters={filters} />
      ) : (
        <>
          <Shelf
            products={items}
            label="Products"
            colours={filters.colours}
            columns={3}
            firstCount={4}
            headingLevel="h2"
          />
          <LoadMore
            href={hasMore ? moreHref : null}
            shown={items.length}
            total={total}
            noun={total === 1 ? 'product' : 'products'}
            component={MoreLink}
            className="mt-4 border-line border-t pt-8"
          />
        </>
      )}
    </Listing>
  )
}

/** Goes to the longer list without leaving the place on the page. */
function MoreLink(props: React.ComponentProps<typeof Link>) {
  return <Link {...props} scroll={false} prefetch={false} />
}
