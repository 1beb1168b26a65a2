import { Breadcrumbs } from '@souk/ui/breadcrumbs'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { listCategories } from '../../../data/catalog.ts'
import { parseFilters, type SearchParams } from '../../../features/search/product-filters.ts'
import { paths } from '../../../paths.ts'
import { ProductListing } from '../../products/product-listing.tsx'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> }

async function categoryOf({ params }: Props) {
  const { slug } = await params
  return (await listCategories()).find((category) => category.slug === slug) ?? notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const category = await categoryOf(props)
  return {
    title: category.name,
    description: category.description || undefined,
    alternates: { canonical: paths.category(category.slug) },
  }
}

export default async function CategoryPage(props: Props) {
  const category = await categoryOf(props)
  const filters = { ...parseFilters(await props.searchParams), category: '' }
  return (
    <div className="page pt-6 md:pt-8">
      <Breadcrumbs
        component={Link}
        items={[{ label: 'All products', href: paths.products() }, { label: category.name }]}
        className="mb-4"
      />
      <h1 className="display text-3xl md:text-4xl">{category.name}</h1>
      {category.description && (
        <p className="mt-3 max-w-read text-ink-soft text-lg">{category.description}</p>
      )}
      <div className="mt-8">
        <ProductListing basePath={paths.category(category.slug)} filters={filters} category={category.slug} />
      </div>
    </div>
  )
}
