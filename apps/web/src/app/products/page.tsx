import type { Metadata } from 'next'
import { parseFilters, type SearchParams } from '../../features/search/product-filters.ts'
import { paths } from '../../paths.ts'
import { ProductListing } from './product-listing.tsx'

type Props = { searchParams: Promise<SearchParams> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = parseFilters(await searchParams)
  return {
    title: q ? `Results for “${q}”` : 'All products',
    // One list in the index; its filters only lead there.
    alternates: { canonical: paths.products() },
    robots: q ? { index: false } : undefined,
  }
}

export default async function ProductsPage({ searchParams }: Props) {
  const filters = parseFilters(await searchParams)
  return (
    <div className="page pt-8 md:pt-12">
      <h1 className="display mb-8 text-3xl md:text-4xl">
        {filters.q ? `Results for “${filters.q}”` : 'All products'}
      </h1>
      <ProductListing basePath={paths.products()} filters={filters} />
    </div>
  )
}
