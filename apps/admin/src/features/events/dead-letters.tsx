'use client'

import type { AppRouter } from '@souk/api/client'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { CircleCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { LetterDialog } from './letter-dialog.tsx'

export type Letter = inferRouterOutputs<AppRouter>['admin']['events']['deadLetters']['items'][number]

function letterColumns(onOpen: (letter: Letter) => void): readonly Column<Letter>[] {
  return [
    {
      key: 'name',
      header: 'Event',
      isName: true,
      cell: (letter) => <span className="font-mono">{letter.name}</span>,
    },
    { key: 'service', header: 'Not handled by', cell: (letter) => letter.service },
    {
      key: 'reason',
      header: 'Reason',
      phone: 'wide',
      className: 'sm:max-w-80',
      cell: (letter) => <span className="line-clamp-2">{letter.reason}</span>,
    },
    {
      key: 'attempts',
      header: 'Attempts',
      phone: 'hidden',
      isEnd: true,
      from: 'lg',
      cell: (letter) => letter.attempts,
    },
    { key: 'failed', header: 'Gave up', cell: (letter) => <DateTime value={letter.failedAt} /> },
    {
      key: 'state',
      header: 'State',
      phone: 'start',
      cell: (letter) =>
        letter.replayedAt ? (
          <Status tone="positive">Handled since</Status>
        ) : (
          <Status tone="danger">Waits for a person</Status>
        ),
    },
    {
      key: 'open',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (letter) => (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Open dead letter ${letter.name}`}
          onClick={() => onOpen(letter)}
        >
          Open
        </Button>
      ),
    },
  ]
}

/** Events that a service could not handle, however often it tried. */
export function DeadLetters() {
  const api = useApi()
  const [open, setOpen] = useState<Letter>()
  const columns = useMemo(() => letterColumns(setOpen), [])
  const letters = useQuery({ ...api.admin.events.deadLetters.queryOptions(), refetchInterval: 15_000 })
  return (
    <Panel title="Dead letters" isFlush>
      {letters.data && letters.data.unreachable.length > 0 && (
        <p role="status" className="border-line border-b px-4 py-3 text-sm text-warning">
          Not all could be asked: {letters.data.unreachable.join(', ')} did not answer.
        </p>
      )}
      {letters.data && letters.data.items.length > 0 && (
        <DataTable
          caption="Dead letters"
          columns={columns}
          rows={letters.data.items}
          rowKey={(letter) => `${letter.service}${letter.id}`}
        />
      )}
      {letters.data?.items.length === 0 && (
        <EmptyState icon={CircleCheck} title="No dead letters" headingLevel="h3" className="px-4">
          <p>
            An event that a service cannot handle, after all its attempts, is laid aside here with the reason.
          </p>
        </EmptyState>
      )}
      {letters.error && (
        <ProblemNotice
          title="The dead letters could not be loaded"
          error={letters.error}
          onRetry={() => void letters.refetch()}
        />
      )}
      {letters.isPending && (
        <Loading label="Loading dead letters">
          <TableSkeleton columns={columns} rows={3} />
        </Loading>
      )}
      {open && <LetterDialog letter={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  )
}
