import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listProducts } from '../data/catalog.ts'
import { Shelf } from '../features/product/shelf.tsx'
import { paths } from '../paths.ts'

export const metadata: Metadata = { title: 'Not found' }

export default async function NotFound() {
  const { items } = await listProducts({ featured: true, limit: 4 }).catch(() => ({ items: [] }))
  return (
    <div className="page">
      <EmptyState
        headingLevel="h1"
        title="This page is not here"
        actions={
          <LinkButton component={Link} href={paths.products()}>
            See all products
          </LinkButton>
        }
      >
        It may have moved, or the product is no longer for sale. Search above, or look at one of these.
      </EmptyState>
      <Shelf products={items} label="Products" headingLevel="h2" />
    </div>
  )
}
