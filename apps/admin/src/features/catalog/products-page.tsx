'use client'

import { ProductSort } from '@souk/product/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Package } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterSelect } from '../../frame/filter-select.tsx'
import { countText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { productColumns } from './product-columns.tsx'

const Filters = z.object({
  q: z.string().max(120),
  category: z.string().max(80),
  colour: z.string().max(60),
  stock: z.literal('in'),
  sort: ProductSort,
})
const sorts = [
  { value: 'price_asc', label: 'Lowest price first' },
  { value: 'price_desc', label: 'Highest price first' },
  { value: 'rating', label: 'Best rated first' },
]

export function ProductsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const { stock, colour, sort, ...filters } = readQuery(Filters, params)
  const products = useQuery({
    ...api.admin.product.list.queryOptions({
      ...filters,
      colour: colour ? [colour] : undefined,
      inStock: stock === 'in' ? true : undefined,
      sort: sort ?? (filters.q ? 'relevance' : 'newest'),
      cursor: readTrail(params).cursor,
    }),
    placeholderData: keepPreviousData,
  })
  const facets = products.data?.facets
  const isFiltered = Boolean(filters.q || filters.category || colour || stock)
  return (
    <>
      <PageHeader
        title="Products"
        description={products.data && countText(products.data.total, 'product', 'products')}
        actions={
          <LinkButton component={Link} href={paths.newProduct()} size="small">
            New product
          </LinkButton>
        }
      />
      <div className="flex flex-wrap gap-3 pb-4">
        <SearchBox label="Search products" placeholder="Name, material or tag" />
        <FilterSelect
          name="category"
          label="Category"
          allLabel="All categories"
          options={(facets?.categories ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <FilterSelect
          name="colour"
          label="Colour"
          allLabel="All colours"
          options={(facets?.families ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <FilterSelect
          name="stock"
          label="Availability"
          allLabel="In stock or not"
          options={[{ value: 'in', label: 'In stock' }]}
        />
        <FilterSelect
          name="sort"
          label="Order"
          allLabel={filters.q ? 'Best match first' : 'Newest first'}
          options={sorts}
        />
      </div>
      <ListView
        query={products}
        label="products"
        columns={productColumns}
        rowKey={(product) => product.id}
        empty={isFiltered ? <NoMatch /> : <NoProducts />}
      />
    </>
  )
}

function NoProducts() {
  return (
    <EmptyState
      icon={Package}
      title="No products yet"
      actions={
        <LinkButton component={Link} href={paths.newProduct()} size="small">
          New product
        </LinkButton>
      }
    >
      <p>Create the first one; it is on sale as soon as it is saved.</p>
    </EmptyState>
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={Package}
      title="No product matches"
      actions={
        <SoftLink href={paths.products()} className="link">
          Show all products
        </SoftLink>
      }
    >
      <p>Try fewer filters or another word.</p>
    </EmptyState>
  )
}
