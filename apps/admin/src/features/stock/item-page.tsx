'use client'

import { readSoukError } from '@souk/api/client-error'
import type { NamedLevel } from '@souk/api/stock-products'
import { Figure, PageHeader, Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { numberText } from '../../frame/format.ts'
import { Picture } from '../../frame/picture.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { AdjustDialog } from './adjust-dialog.tsx'
import { ItemMovements } from './item-movements.tsx'
import { ItemPlaces } from './item-places.tsx'
import { ItemSettings } from './item-settings.tsx'
import { LevelState } from './level-state.tsx'

export function ItemPage({ sku }: { sku: string }) {
  const api = useApi()
  const level = useQuery({ ...api.admin.stock.level.queryOptions({ sku }), refetchInterval: 30_000 })
  if (level.data) return <ItemView level={level.data} />
  if (!level.error) {
    return (
      <Loading label="Loading the level" className="flex flex-col gap-4">
        <Skeleton className="h-16" />
        <Skeleton className="h-40" />
      </Loading>
    )
  }
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(level.error).code)) return <NoSuchItem />
  return (
    <ProblemNotice
      title="The level could not be loaded"
      error={level.error}
      onRetry={() => void level.refetch()}
    />
  )
}

function ItemView({ level }: { level: NamedLevel }) {
  const [isAdjusting, setIsAdjusting] = useState(false)
  const { product, sku } = level
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.stock()}>Stock</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            <Picture url={product?.imageUrl} alt="" className="size-12" />
            <span>
              {product ? `${product.name}${product.optionsLabel && `, ${product.optionsLabel}`}` : sku}
            </span>
            <span className="text-base">
              <LevelState level={level} />
            </span>
          </span>
        }
        description={
          <>
            <span className="font-mono">{sku}</span>
            {product && (
              <>
                {' · '}
                <Link href={paths.product(product.productId)} className="link">
                  Product
                </Link>
              </>
            )}
          </>
        }
        actions={
          <Button variant="secondary" size="small" onClick={() => setIsAdjusting(true)}>
            Adjust
          </Button>
        }
      />
      <dl className="mb-4 grid grid-cols-2 rounded-control border border-line bg-raised sm:grid-cols-4">
        <Figure label="On hand" value={numberText(level.onHand)} />
        <Figure label="Reserved" value={numberText(level.reserved)} />
        <Figure label="Available" value={numberText(level.available)} />
        <Figure
          label="Promised beyond stock"
          value={numberText(level.backordered)}
          note={level.backorderLimit > 0 ? `of ${numberText(level.backorderLimit)} at most` : 'not allowed'}
        />
      </dl>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <ItemPlaces level={level} />
          <ItemMovements sku={sku} />
        </div>
        <Panel title="Rules for this SKU">
          <ItemSettings
            key={`${level.lowThreshold} ${level.backorderLimit} ${level.expectedOn}`}
            level={level}
          />
        </Panel>
      </div>
      {isAdjusting && <AdjustDialog sku={sku} onClose={() => setIsAdjusting(false)} />}
    </>
  )
}

function NoSuchItem() {
  return (
    <EmptyState
      title="There is no such SKU"
      headingLevel="h1"
      actions={
        <LinkButton component={Link} href={paths.stock()} size="small">
          All stock
        </LinkButton>
      }
    >
      <p>A SKU appears in stock as soon as its product is created.</p>
    </EmptyState>
  )
}
