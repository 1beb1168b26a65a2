'use client'

import { Id } from '@souk/kernel/id'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { movementColumns } from './movement-columns.tsx'
import { MovementFilters } from './movement-filters.tsx'
import { StockNav } from './stock-nav.tsx'

const Filters = z.object({ sku: z.string().max(64), orderId: Id })

export function MovementsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const movements = useQuery({
    ...api.admin.stock.movements.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title="Stock movements"
        description="Every change of every level, the latest first. Nothing is ever taken out of this list."
      />
      <StockNav />
      <MovementFilters sku={filters.sku ?? ''} orderId={filters.orderId ?? ''} />
      <ListView
        query={movements}
        label="movements"
        columns={movementColumns}
        rowKey={(movement) => movement.id}
        empty={
          <EmptyState icon={ArrowLeftRight} title="No movements">
            <p>
              {filters.sku || filters.orderId
                ? 'Nothing moved for this SKU or order. The SKU must be whole.'
                : 'Stock that comes in, is reserved, sold or counted leaves a line here.'}
            </p>
          </EmptyState>
        }
      />
    </>
  )
}
