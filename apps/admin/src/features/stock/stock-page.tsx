'use client'

import type { NamedLevel } from '@souk/api/stock-products'
import { Id } from '@souk/kernel/id'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterSelect } from '../../frame/filter-select.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { AdjustDialog } from './adjust-dialog.tsx'
import { levelColumns } from './level-columns.tsx'
import { StockNav } from './stock-nav.tsx'

const Filters = z.object({
  q: z.string().max(64),
  state: z.enum(['low', 'sold_out', 'backordered']),
  locationId: Id,
})
const tabs = [
  { value: undefined, label: 'All' },
  { value: 'low', label: 'Low' },
  { value: 'sold_out', label: 'Sold out' },
  { value: 'backordered', label: 'Promised' },
]

export function StockPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const [adjusted, setAdjusted] = useState<NamedLevel>()
  const columns = useMemo(() => levelColumns(setAdjusted), [])
  const locations = useQuery(api.admin.stock.locations.queryOptions())
  const levels = useQuery({
    ...api.admin.stock.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const places = (locations.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <PageHeader title="Stock" description="What is there, what is promised and where it lies." />
      <StockNav />
      <FilterTabs name="state" label="Levels" tabs={tabs} />
      <div className="flex flex-wrap gap-3 py-4">
        <SearchBox label="Search stock" placeholder="Part of a SKU, or a product" />
        <FilterSelect name="locationId" label="Location" allLabel="All locations" options={places} />
      </div>
      <ListView
        query={levels}
        label="stock levels"
        columns={columns}
        rowKey={(level) => level.sku}
        empty={<NoLevels isFiltered={Object.keys(filters).length > 0} state={filters.state} />}
      />
      {adjusted && <AdjustDialog sku={adjusted.sku} onClose={() => setAdjusted(undefined)} />}
    </>
  )
}

const nothing = {
  low: 'Nothing is low',
  sold_out: 'Nothing is sold out',
  backordered: 'Nobody waits for goods',
}

function NoLevels({ isFiltered, state }: { isFiltered: boolean; state: keyof typeof nothing | undefined }) {
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
      title={state ? nothing[state] : 'No SKU matches'}
      actions={
        <SoftLink href={paths.stock()} className="link">
          Show all levels
        </SoftLink>
      }
    >
      <p>{state ? 'With these filters there is nothing to do.' : 'Try a shorter part of the name or SKU.'}</p>
    </EmptyState>
  )
}
