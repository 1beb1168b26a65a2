'use client'

import type { Level } from '@souk/inventory/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { lowStockLimit } from '../../low-stock.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { AdjustDialog } from './adjust-dialog.tsx'
import { levelColumns } from './level-columns.tsx'

const Filters = z.object({ q: z.string().max(64), low: z.literal('1') })
const tabs = [
  { value: undefined, label: 'All' },
  { value: '1', label: 'Low only' },
]

export function StockPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const { q, low } = readQuery(Filters, params)
  const [adjusted, setAdjusted] = useState<Level>()
  const columns = useMemo(() => levelColumns(setAdjusted), [])
  const levels = useQuery({
    ...api.admin.stock.list.queryOptions({
      q,
      maxAvailable: low ? lowStockLimit : undefined,
      cursor: readTrail(params).cursor,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHeader
        title="Stock"
        description={`Low means ${lowStockLimit} or fewer available.`}
        actions={
          <LinkButton component={Link} href={paths.movements()} variant="secondary" size="small">
            Movements
          </LinkButton>
        }
      />
      <FilterTabs name="low" label="Levels" tabs={tabs} />
      <div className="flex flex-wrap gap-3 py-4">
        <SearchBox label="Search stock" placeholder="Part of a SKU" />
      </div>
      <ListView
        query={levels}
        label="stock levels"
        columns={columns}
        rowKey={(level) => level.sku}
        empty={<NoLevels isFiltered={q !== undefined || low !== undefined} isLow={low !== undefined && !q} />}
      />
      {adjusted && <AdjustDialog sku={adjusted.sku} onClose={() => setAdjusted(undefined)} />}
    </>
  )
}

function NoLevels({ isFiltered, isLow }: { isFiltered: boolean; isLow: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState icon={Boxes} title="No stock yet">
        <p>A level appears here for every variant, as soon as its product is created.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Boxes}
      title={isLow ? 'Nothing is low' : 'No SKU matches'}
      actions={
        <SoftLink href={paths.stock()} className="link">
          Show all levels
        </SoftLink>
      }
    >
      <p>
        {isLow ? `Every variant has more than ${lowStockLimit} available.` : 'Try a shorter part of the SKU.'}
      </p>
    </EmptyState>
  )
}
