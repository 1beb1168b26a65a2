'use client'

import type { Location } from '@souk/inventory/contract'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { IconButton } from '@souk/ui/icon-button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { LocationDialog } from './location-dialog.tsx'
import { StockNav } from './stock-nav.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

export function LocationsPage() {
  const api = useApi()
  const locations = useQuery(api.admin.stock.locations.queryOptions())
  const [edited, setEdited] = useState<Location | 'new'>()
  return (
    <>
      <PageHeader
        title="Locations"
        description="Orders are served from the first location first."
        actions={
          <Button size="small" onClick={() => setEdited('new')}>
            New location
          </Button>
        }
      />
      <StockNav />
      {locations.data ? (
        <Places locations={locations.data.items} onEdit={setEdited} />
      ) : locations.error ? (
        <ProblemNotice
          title="The locations could not be loaded"
          error={locations.error}
          onRetry={() => void locations.refetch()}
        />
      ) : (
        <Loading label="Loading locations">
          <Skeleton className="h-40" />
        </Loading>
      )}
      {edited && (
        <LocationDialog
          {...(edited === 'new' ? {} : { location: edited })}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  )
}

/** The order with one place moved a step up or down. */
export function moved(ids: readonly string[], id: string, step: -1 | 1): string[] {
  const from = ids.indexOf(id)
  const others = ids.filter((other) => other !== id)
  return [...others.slice(0, from + step), id, ...others.slice(from + step)]
}

function Places({
  locations,
  onEdit,
}: {
  locations: readonly Location[]
  onEdit: (location: Location) => void
}) {
  const api = useApi()
  const refresh = useStockRefresh()
  const reorder = useMutation(api.admin.location.reorder.mutationOptions({ onSettled: refresh }))
  const update = useMutation(api.admin.location.update.mutationOptions({ onSettled: refresh }))
  const error = reorder.error ?? update.error
  const ids = locations.map(({ id }) => id)
  const isBusy = reorder.isPending || update.isPending
  return (
    <Panel title="In the order in which orders are served" isFlush>
      {error && <ProblemNotice title="Nothing was changed" error={error} className="m-4" />}
      <ol aria-label="Locations" className="divide-y divide-line">
        {locations.map((location, index) => (
          <li key={location.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium">{location.name}</span>
              <span className="block font-mono text-dense text-ink-soft">{location.code}</span>
            </span>
            {!location.isActive && <Status tone="neutral">Closed</Status>}
            <span className="flex flex-wrap items-center gap-1">
              <IconButton
                icon={ArrowUp}
                label={`Serve from ${location.name} earlier`}
                disabled={index === 0 || isBusy}
                onClick={() => reorder.mutate({ ids: moved(ids, location.id, -1) })}
              />
              <IconButton
                icon={ArrowDown}
                label={`Serve from ${location.name} later`}
                disabled={index === locations.length - 1 || isBusy}
                onClick={() => reorder.mutate({ ids: moved(ids, location.id, 1) })}
              />
              <Button
                variant="quiet"
                size="small"
                aria-label={`Rename ${location.name}`}
                onClick={() => onEdit(location)}
              >
                Rename
              </Button>
              <Button
                variant="quiet"
                size="small"
                aria-label={`${location.isActive ? 'Close' : 'Open'} ${location.name}`}
                isLoading={update.isPending && update.variables.id === location.id}
                onClick={() => update.mutate({ id: location.id, isActive: !location.isActive })}
              >
                {location.isActive ? 'Close' : 'Open'}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
