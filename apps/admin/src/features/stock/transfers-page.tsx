'use client'

import { type Transfer, transferStatuses } from '@souk/inventory/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { countText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { NewTransfer } from './new-transfer.tsx'
import { StockNav } from './stock-nav.tsx'

const Filters = z.object({ status: z.enum(transferStatuses) })

export function TransferStatus({ status }: { status: Transfer['status'] }) {
  const { tone, label } = states[status]
  return <Status tone={tone}>{label}</Status>
}

const states = {
  dispatched: { tone: 'warning', label: 'On the way' },
  received: { tone: 'positive', label: 'Received' },
  cancelled: { tone: 'neutral', label: 'Did not arrive' },
} as const

const columns: readonly Column<Transfer>[] = [
  {
    key: 'way',
    header: 'Way',
    isName: true,
    cell: (transfer) => (
      <Link
        href={paths.transfer(transfer.id)}
        data-row-link
        className="font-medium after:absolute after:inset-0 hover:underline"
      >
        {transfer.from.name} to {transfer.to.name}
      </Link>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    phone: 'aside',
    cell: ({ status }) => <TransferStatus status={status} />,
  },
  {
    key: 'lines',
    header: 'Goods',
    phone: 'start',
    cell: ({ lines }) => {
      const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
      return `${countText(pieces, 'piece', 'pieces')} of ${countText(lines.length, 'SKU', 'SKUs')}`
    },
  },
  { key: 'at', header: 'Sent', phone: 'end', cell: ({ createdAt }) => <DateTime value={createdAt} /> },
]

export function TransfersPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const transfers = useQuery({
    ...api.admin.transfer.list.queryOptions({
      ...readQuery(Filters, params),
      cursor: readTrail(params).cursor,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title="Transfers"
        description="Goods between two locations. What is on its way cannot be sold."
      />
      <StockNav />
      <NewTransfer />
      <ListView
        query={transfers}
        label="transfers"
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={ArrowLeftRight} title="No transfers yet">
            <p>Choose two locations above and add what is moved.</p>
          </EmptyState>
        }
      />
    </>
  )
}
