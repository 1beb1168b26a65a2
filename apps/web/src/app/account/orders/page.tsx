import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { CursorPagination } from '@souk/ui/pagination'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listMyOrders } from '../../../data/orders.ts'
import { OrderList } from '../../../features/order/order-list.tsx'
import type { SearchParams } from '../../../features/search/product-filters.ts'
import { paths } from '../../../paths.ts'

export const metadata: Metadata = { title: 'Your orders', robots: { index: false } }

export default async function MyOrdersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { cursor } = await searchParams
  const from = typeof cursor === 'string' && cursor.length <= 512 ? cursor : undefined
  const page = await listMyOrders(from)
  return (
    <>
      <h1 className="display mb-8 text-3xl">Your orders</h1>
      {page.items.length === 0 ? (
        <EmptyState
          title="No orders yet"
          className="py-0"
          actions={
            <LinkButton component={Link} href={paths.products()} variant="secondary">
              Look at all products
            </LinkButton>
          }
        >
          What you order while signed in is listed here.
        </EmptyState>
      ) : (
        <>
          <OrderList orders={page.items} />
          <div className="mt-8">
            <CursorPagination
              component={Link}
              firstHref={from ? paths.accountOrders() : null}
              nextHref={
                page.nextCursor
                  ? `${paths.accountOrders()}?cursor=${encodeURIComponent(page.nextCursor)}`
                  : null
              }
            />
          </div>
        </>
      )}
    </>
  )
}
