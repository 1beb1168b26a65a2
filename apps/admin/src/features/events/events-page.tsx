'use client'

import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { ServicesTable } from './services-table.tsx'

const refreshMs = 5000

export function EventsPage() {
  const api = useApi()
  const overview = useQuery({ ...api.admin.events.overview.queryOptions(), refetchInterval: refreshMs })
  return (
    <>
      <PageHeader
        title="Events"
        description="What the services tell each other: how much waits to be told, to be heard, and what could not be handled."
      />
      <div className="flex flex-col gap-4">
        {overview.error && (
          <ProblemNotice
            title="The state of the services could not be loaded"
            error={overview.error}
            onRetry={() => void overview.refetch()}
          />
        )}
        {overview.data && <ServicesTable services={overview.data.services} />}
        {overview.isPending && (
          <Loading label="Loading the services">
            <Panel title="Services">
              <Skeleton className="h-64" />
            </Panel>
          </Loading>
        )}
        <DeadLetters />
      </div>
    </>
  )
}
