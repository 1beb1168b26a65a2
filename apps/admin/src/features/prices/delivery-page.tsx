'use client'

import type { Zone } from '@souk/order/contract'
import { ConfirmDialog } from '@souk/ui/admin-confirm'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Truck } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'
import { minorText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { PriceChanges } from './price-changes.tsx'
import { PricePreview } from './price-preview.tsx'
import { ZoneDialog } from './zone-dialog.tsx'

export function DeliveryPage() {
  const api = useApi()
  const zones = useQuery(api.admin.pricing.zones.queryOptions())
  const [edited, setEdited] = useState<Zone | 'new'>()
  const [removed, setRemoved] = useState<Zone>()
  return (
    <>
      <PageHeader
        title="Delivery"
        description="Where parcels go, how, and for how much. Nothing is sent to a place without a zone."
        actions={
          <Button size="small" onClick={() => setEdited('new')}>
            New zone
          </Button>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {zones.data?.items.map((zone) => (
            <ZonePanel
              key={zone.id}
              zone={zone}
              onEdit={() => setEdited(zone)}
              onRemove={() => setRemoved(zone)}
            />
          ))}
          {zones.data?.items.length === 0 && (
            <EmptyState icon={Truck} title="There is no zone yet">
              <p>Nobody can order until there is one.</p>
            </EmptyState>
          )}
          {zones.error && (
            <ProblemNotice
              title="The zones could not be loaded"
              error={zones.error}
              onRetry={() => void zones.refetch()}
            />
          )}
          {zones.isPending && (
            <Loading label="Loading the zones">
              <Skeleton className="h-60" />
            </Loading>
          )}
        </div>
        <PricePreview />
      </div>
      <PriceChanges />
      {edited && (
        <ZoneDialog zone={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {removed && <RemoveZone zone={removed} onClose={() => setRemoved(undefined)} />}
    </>
  )
}

function ZonePanel({ zone, onEdit, onRemove }: { zone: Zone; onEdit: () => void; onRemove: () => void }) {
  return (
    <Panel
      title={zone.name}
      aside={
        <span className="flex gap-2">
          <Button variant="quiet" size="small" onClick={onEdit}>
            Edit<span className="sr-only"> {zone.name}</span>
          </Button>
          <Button variant="quiet" size="small" onClick={onRemove}>
            Remove<span className="sr-only"> {zone.name}</span>
          </Button>
        </span>
      }
    >
      <p className="break-words text-sm text-ink-soft">{zone.places.join(', ')}</p>
      <ul className="mt-3 divide-y divide-line text-sm">
        {zone.methods.map((method) => (
          <li key={method.code} className="flex flex-wrap justify-between gap-x-4 py-2">
            <span>
              {method.name}
              <span className="text-ink-soft">
                , {method.minDays} to {method.maxDays} days{method.isActive ? '' : ', switched off'}
              </span>
            </span>
            <span className="figures text-ink-soft">
              {method.tiers.map(tierText).join('; ')}
              {method.freeFromMinor !== null && `; free from ${minorText(method.freeFromMinor)}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function tierText({
  maxGrams,
  maxSubtotalMinor,
  priceMinor,
}: Zone['methods'][number]['tiers'][number]): string {
  const limits = [
    maxGrams === null ? [] : [`up to ${maxGrams / 1000} kg`],
    maxSubtotalMinor === null ? [] : [`up to ${minorText(maxSubtotalMinor)}`],
  ].flat()
  return [minorText(priceMinor), ...limits].join(' ')
}

function RemoveZone({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const remove = useMutation(
    api.admin.pricing.removeZone.mutationOptions({
      onSuccess: () => {
        toast({ text: `${zone.name} is removed` })
        void queries.invalidateQueries(api.admin.pricing.pathFilter())
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove ${zone.name}?`}
      keepLabel="Keep it"
      confirmLabel="Remove zone"
      isDanger
      isLoading={remove.isPending}
      onConfirm={() => remove.mutate({ id: zone.id })}
    >
      <p>Nothing is delivered to its places any more. Orders that were placed are not touched.</p>
      {remove.error && (
        <p role="alert" className="mt-2 text-danger">
          {problemSentence(remove.error)}
        </p>
      )}
    </ConfirmDialog>
  )
}
