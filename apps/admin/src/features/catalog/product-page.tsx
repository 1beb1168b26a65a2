'use client'

import { readSoukError } from '@souk/api/client-error'
import type { Product } from '@souk/product/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useAddresses, useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { ProductForm } from './product-form.tsx'
import { ProductSkeleton } from './product-skeleton.tsx'
import { RemoveProduct } from './remove-product.tsx'

export function ProductPage({ idOrSlug }: { idOrSlug: string }) {
  const api = useApi()
  // Raised to throw the form away and build it again on what the shop has now.
  const [edition, setEdition] = useState(0)
  const product = useQuery({
    ...api.admin.product.get.queryOptions({ idOrSlug }),
    // An edit begins on what the shop has now, and must not be replaced under the person who makes it.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const reload = () => void product.refetch().then(() => setEdition((current) => current + 1))
  if (product.data) return <ProductView key={edition} product={product.data} onReload={reload} />
  if (!product.error) return <ProductSkeleton />
  if (readSoukError(product.error).code === 'NOT_FOUND') return <NoSuchProduct />
  return (
    <ProblemNotice
      title="The product could not be loaded"
      error={product.error}
      onRetry={() => void product.refetch()}
    />
  )
}

function ProductView({ product, onReload }: { product: Product; onReload: () => void }) {
  const { shopUrl } = useAddresses()
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.products()}>Products</BackLink>}
        title={product.name}
        description={
          <>
            Changed <DateTime value={product.updatedAt} />
          </>
        }
        actions={
          <>
            {shopUrl && (
              <LinkButton
                href={`${shopUrl}/products/${product.slug}`}
                target="_blank"
                rel="noopener"
                variant="quiet"
                size="small"
              >
                See it in the shop
              </LinkButton>
            )}
            <RemoveProduct product={product} />
          </>
        }
      />
      <ProductForm product={product} onReload={onReload} />
    </>
  )
}

function NoSuchProduct() {
  return (
    <EmptyState
      title="There is no such product"
      headingLevel="h1"
      actions={
        <LinkButton component={Link} href={paths.products()} size="small">
          All products
        </LinkButton>
      }
    >
      <p>It may have been removed. Orders keep what was sold.</p>
    </EmptyState>
  )
}
