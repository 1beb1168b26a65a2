'use client'

import type { AuditEntry } from '@souk/identity/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { readTrail } from '../../url-query.ts'
import { actionLabel, changeText } from './audit-words.ts'

const columns: readonly Column<AuditEntry>[] = [
  {
    key: 'action',
    header: 'What',
    isName: true,
    cell: (entry) => (
      <>
        {actionLabel(entry.action)}
        <span className="block font-normal text-dense text-ink-soft">{changeText(entry.details)}</span>
      </>
    ),
  },
  {
    key: 'outcome',
    header: 'Outcome',
    phone: 'aside',
    cell: (entry) =>
      entry.outcome === 'ok' ? <Status tone="positive">Done</Status> : <Status tone="danger">Refused</Status>,
  },
  {
    key: 'actor',
    header: 'By account',
    cell: (entry) => (
      <span className="break-all font-mono text-dense">{entry.actorId ?? 'nobody signed in'}</span>
    ),
  },
  {
    key: 'subject',
    header: 'About',
    from: 'lg',
    cell: (entry) => <span className="break-all font-mono text-dense">{entry.subject}</span>,
  },
  { key: 'at', header: 'When', isEnd: true, cell: (entry) => <DateTime value={entry.createdAt} /> },
]

export function ActivityPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const entries = useQuery({
    ...api.admin.audit.list.queryOptions({ cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title="Activity"
        description="Sign-ins, password and role changes of all accounts, refused ones too. Only owners see this."
      />
      <ListView
        query={entries}
        label="activity"
        columns={columns}
        rowKey={(entry) => entry.id}
        empty={
          <EmptyState icon={ShieldCheck} title="Nothing happened yet">
            <p>Every sign-in leaves a line here.</p>
          </EmptyState>
        }
      />
    </>
  )
}
