'use client'

import { ReturnStatus, returnStatuses } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { PackageOpen } from 'lucide-react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { returnStatusLabel } from '../../frame/return-status.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { returnColumns } from './return-columns.tsx'

const Filters = z.object({ status: ReturnStatus, q: z.string().max(120) })
const refreshMs = 15_000
const tabs = [
  { value: undefined, label: 'All' },
  ...returnStatuses.map((value) => ({ value, label: returnStatusLabel(value) })),
]

export function ReturnsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const returns = useQuery({
    ...api.admin.return.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
  const isFiltered = filters.status !== undefined || filters.q !== undefined
  return (
    <>
      <PageHeader title="Returns" />
      <FilterTabs name="status" label="Return status" tabs={tabs} />
      <div className="py-4">
        <SearchBox label="Search returns" placeholder="Number, e-mail or name" />
      </div>
      <ListView
        query={returns}
        label="returns"
        columns={returnColumns}
        rowKey={(each) => each.id}
        empty={isFiltered ? <NoMatch /> : <NoReturns />}
      />
    </>
  )
}

function NoReturns() {
  return (
    <EmptyState icon={PackageOpen} title="No returns yet">
      <p>When a customer asks to send something back, it waits here for your answer.</p>
    </EmptyState>
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={PackageOpen}
      title="No return matches"
      actions={
        <SoftLink href={paths.returns()} className="link">
          Show all returns
        </SoftLink>
      }
    >
      <p>Try another status, the number of the return or its order, or a part of the customer’s name.</p>
    </EmptyState>
  )
}
