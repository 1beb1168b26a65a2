'use client'

import type { DraftSummary } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FilePen } from 'lucide-react'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText, numberText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readTrail } from '../../url-query.ts'
import { DraftStateMark } from './draft-state.tsx'

const columns: readonly Column<DraftSummary>[] = [
  {
    key: 'number',
    header: 'Draft',
    isName: true,
    cell: (draft) => (
      <Link
        href={paths.draft(draft.id)}
        data-row-link
        className="font-medium after:absolute after:inset-0 hover:underline"
      >
        {draft.number}
      </Link>
    ),
  },
  {
    key: 'changed',
    header: 'Changed',
    phone: 'aside',
    cell: (draft) => <DateTime value={draft.updatedAt} />,
  },
  {
    key: 'customer',
    header: 'Customer',
    phone: 'wide',
    className: 'sm:max-w-56',
    cell: (draft) => (
      <>
        <span className="block truncate">{draft.customerName}</span>
        <span className="block truncate text-dense text-ink-soft">{draft.email}</span>
      </>
    ),
  },
  { key: 'state', header: 'State', phone: 'start', cell: (draft) => <DraftStateMark state={draft.state} /> },
  {
    key: 'items',
    header: 'Items',
    phone: 'hidden',
    isEnd: true,
    from: 'lg',
    cell: (draft) => numberText(draft.itemCount),
  },
  { key: 'total', header: 'Total', phone: 'end', isEnd: true, cell: (draft) => moneyText(draft.total) },
]

export function DraftsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const drafts = useQuery({
    ...api.admin.draft.list.queryOptions({ cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.orders()}>Orders</BackLink>}
        title="Draft orders"
        description="Orders that you put together for a customer, who pays them by a link."
        actions={
          <LinkButton component={Link} href={paths.newDraft()} size="small">
            New draft
          </LinkButton>
        }
      />
      <ListView
        query={drafts}
        label="drafts"
        columns={columns}
        rowKey={(draft) => draft.id}
        empty={
          <EmptyState icon={FilePen} title="No drafts yet">
            <p>Make one when a customer orders by phone or mail.</p>
          </EmptyState>
        }
      />
    </>
  )
}
