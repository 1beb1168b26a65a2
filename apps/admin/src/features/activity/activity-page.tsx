'use client'

import { activityAreas } from '@souk/api/contract'
import { Id } from '@souk/kernel/id'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterSelect } from '../../frame/filter-select.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { activityColumns } from './activity-columns.tsx'
import { areaLabels } from './activity-words.ts'

const Filters = z.object({
  area: z.enum(activityAreas),
  outcome: z.enum(['ok', 'refused']),
  personId: Id,
})
const tabs = [
  { value: undefined, label: 'All' },
  ...activityAreas.map((value) => ({ value, label: areaLabels[value] })),
]

export function ActivityPage() {
  const api = useApi()
  const { params, hrefFor } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const entries = useQuery({
    ...api.admin.activity.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  const isFiltered = Object.keys(filters).length > 0
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who signed in, and who changed passwords, roles, promotions, taxes and delivery. Only owners see this."
      />
      <FilterTabs name="area" label="What it is about" tabs={tabs} />
      <div className="flex flex-wrap items-center gap-3 py-4">
        <FilterSelect
          name="outcome"
          label="Outcome"
          allLabel="Done and refused"
          options={[
            { value: 'ok', label: 'Done' },
            { value: 'refused', label: 'Refused' },
          ]}
        />
        {filters.personId && (
          <p className="text-sm">
            <span className="text-ink-soft">Of one person only.</span>{' '}
            <SoftLink href={hrefFor({ personId: undefined })} className="link">
              Show everybody
            </SoftLink>
          </p>
        )}
      </div>
      <ListView
        query={entries}
        label="activity"
        columns={activityColumns((personId) => hrefFor({ personId }))}
        rowKey={(entry) => entry.id}
        empty={isFiltered ? <NoMatch /> : <NothingYet />}
      />
    </>
  )
}

function NothingYet() {
  return (
    <EmptyState icon={ShieldCheck} title="Nothing happened yet">
      <p>Every sign-in and every change of a price rule leaves a line here.</p>
    </EmptyState>
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={ShieldCheck}
      title="Nothing of this kind happened"
      actions={
        <SoftLink href={paths.activity()} className="link">
          Show everything
        </SoftLink>
      }
    >
      <p>Changes of prices that were refused are not kept: they changed nothing.</p>
    </EmptyState>
  )
}
