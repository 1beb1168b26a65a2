'use client'

import type { Difference } from '@souk/payment/contract'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { DifferenceDialog } from './difference-dialog.tsx'
import { kindWords, resolutionWords, sumsText } from './difference-words.ts'

function differenceColumns(onOpen: (difference: Difference) => void): readonly Column<Difference>[] {
  return [
    { key: 'kind', header: 'Difference', isName: true, cell: ({ kind }) => kindWords[kind] },
    {
      key: 'ref',
      header: 'Provider’s id',
      phone: 'wide',
      from: 'lg',
      cell: ({ providerRef }) => <span className="break-all font-mono text-dense">{providerRef}</span>,
    },
    { key: 'ours', header: 'Our books', cell: ({ ours }) => sumsText(ours) },
    { key: 'theirs', header: 'Provider', cell: ({ theirs }) => sumsText(theirs) },
    { key: 'seen', header: 'First seen', cell: ({ firstSeenAt }) => <DateTime value={firstSeenAt} /> },
    {
      key: 'state',
      header: 'State',
      phone: 'start',
      cell: ({ resolution }) =>
        resolution ? (
          <Status tone="positive">{resolutionWords[resolution]}</Status>
        ) : (
          <Status tone="danger">Waits for a person</Status>
        ),
    },
    {
      key: 'open',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (difference) => (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Open difference of ${difference.providerRef}`}
          onClick={() => onOpen(difference)}
        >
          Open
        </Button>
      ),
    },
  ]
}

/** Where our books and a provider's list do not tell the same. */
export function DifferencesPanel() {
  const api = useApi()
  const [open, setOpen] = useState<Difference>()
  const columns = useMemo(() => differenceColumns(setOpen), [])
  const differences = useQuery({
    ...api.admin.payment.differences.queryOptions(),
    refetchInterval: 15_000,
  })
  return (
    <Panel title="Differences" isFlush>
      {differences.data && differences.data.items.length > 0 && (
        <DataTable
          caption="Differences"
          columns={columns}
          rows={differences.data.items}
          rowKey={({ id }) => id}
        />
      )}
      {differences.data?.items.length === 0 && (
        <EmptyState icon={CircleCheck} title="No differences" headingLevel="h3" className="px-4">
          <p>Our books and the providers’ lists tell the same.</p>
        </EmptyState>
      )}
      {differences.error && (
        <ProblemNotice
          title="The differences could not be loaded"
          error={differences.error}
          onRetry={() => void differences.refetch()}
        />
      )}
      {differences.isPending && (
        <Loading label="Loading differences">
          <TableSkeleton columns={columns} rows={3} />
        </Loading>
      )}
      {open && <DifferenceDialog difference={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  )
}
