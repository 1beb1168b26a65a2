'use client'

import { countStatuses, type StockCount } from '@souk/inventory/contract'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { ClipboardList } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { countText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { PlaceField, useOpenPlaces } from './place-field.tsx'
import { StockNav } from './stock-nav.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

const Filters = z.object({ status: z.enum(countStatuses) })

export function CountStatus({ status }: { status: StockCount['status'] }) {
  if (status === 'open') return <Status tone="warning">Open</Status>
  return status === 'posted' ? (
    <Status tone="positive">Posted</Status>
  ) : (
    <Status tone="neutral">Given up</Status>
  )
}

const columns: readonly Column<StockCount>[] = [
  {
    key: 'location',
    header: 'Location',
    isName: true,
    cell: (count) => (
      <Link
        href={paths.count(count.id)}
        data-row-link
        className="font-medium after:absolute after:inset-0 hover:underline"
      >
        {count.location.name}
      </Link>
    ),
  },
  { key: 'status', header: 'Status', phone: 'aside', cell: ({ status }) => <CountStatus status={status} /> },
  {
    key: 'lines',
    header: 'Counted',
    phone: 'start',
    cell: ({ lines }) => countText(lines.length, 'SKU', 'SKUs'),
  },
  { key: 'at', header: 'Begun', phone: 'end', cell: ({ createdAt }) => <DateTime value={createdAt} /> },
]

export function CountsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const counts = useQuery({
    ...api.admin.count.list.queryOptions({ ...readQuery(Filters, params), cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Counts" description="What lies on the shelves, beside what the books say." />
      <StockNav />
      <OpenCount />
      <ListView
        query={counts}
        label="counts"
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={ClipboardList} title="Nothing was counted yet">
            <p>Choose a location above and walk along its shelves.</p>
          </EmptyState>
        }
      />
    </>
  )
}

function OpenCount() {
  const api = useApi()
  const router = useRouter()
  const refresh = useStockRefresh()
  const places = useOpenPlaces()
  const [chosen, setChosen] = useState('')
  const locationId = chosen || (places[0]?.id ?? '')
  const open = useMutation(
    api.admin.count.open.mutationOptions({
      onSuccess: (count) => router.push(paths.count(count.id)),
      onSettled: refresh,
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (locationId !== '' && !open.isPending) open.mutate({ locationId })
  }
  return (
    <Panel title="New count" className="mb-4">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        {open.error && (
          <ProblemNotice title="No count was opened" error={open.error} className="basis-full" />
        )}
        <PlaceField label="Location" places={places} value={locationId} onChange={setChosen} />
        <Button type="submit" size="small" isLoading={open.isPending}>
          Begin counting
        </Button>
      </form>
    </Panel>
  )
}
