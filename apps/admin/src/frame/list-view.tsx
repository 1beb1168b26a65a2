'use client'

import { type Column, DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Loading } from '@souk/ui/skeleton'
import type { ReactNode } from 'react'
import { Pager } from './pager.tsx'
import { ProblemNotice } from './problem-notice.tsx'

type ListQuery<Row> = {
  data: { items: Row[]; nextCursor?: string | null } | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => Promise<unknown>
}

/** A list in each of its states: on its way, failed, empty, there. */
export function ListView<Row>({
  query,
  label,
  columns,
  rowKey,
  empty,
}: {
  query: ListQuery<Row>
  /** What the rows are, in the plural and in small letters. */
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Says what will be here and how to get it. */
  empty: ReactNode
}) {
  if (query.data) {
    const { items, nextCursor = null } = query.data
    return (
      <div className="rounded-control border border-line bg-raised">
        {query.error !== null && (
          <ProblemNotice
            title={`These ${label} may be out of date`}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        )}
        {items.length === 0 ? (
          <div className="px-4">{empty}</div>
        ) : (
          <DataTable
            caption={label}
            columns={columns}
            rows={items}
            rowKey={rowKey}
            isStale={query.isPlaceholderData}
          />
        )}
        <Pager nextCursor={nextCursor} label={label} />
      </div>
    )
  }
  if (query.error) {
    return (
      <ProblemNotice
        title={`The ${label} could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  return (
    <Loading label={`Loading ${label}`} className="rounded-control border border-line bg-raised">
      <TableSkeleton columns={columns} />
    </Loading>
  )
}
