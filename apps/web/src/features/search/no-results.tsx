import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { countFilters, filtersQuery, noFilters, type ProductFilters } from './product-filters.ts'

/** Nothing matches: the way out that fits, the narrowest step first. */
export function NoResults({ basePath, filters }: { basePath: string; filters: ProductFilters }) {
  const hasFilters = countFilters(filters) > 0
  return (
    <EmptyState
      icon={SearchX}
      title={filters.q ? 'Nothing was found' : 'No product matches these filters'}
      actions={
        <>
          {hasFilters && (
            <LinkButton
              component={Link}
              href={`${basePath}${filtersQuery({ ...noFilters, q: filters.q })}`}
              variant="secondary"
            >
              Clear all filters
            </LinkButton>
          )}
          <LinkButton component={Link} href={paths.products()} variant={hasFilters ? 'quiet' : 'secondary'}>
            See all products
          </LinkButton>
        </>
      }
    >
      {filters.q
        ? hasFilters
          ? 'Something may match without the filters, or with another word.'
          : 'Try another word, or fewer: a material such as “oak”, or a thing such as “lamp”.'
        : 'Take one of the filters away to see more.'}
    </EmptyState>
  )
}
