'use client'

import { Loading, Skeleton } from '@souk/ui/skeleton'
import type { ReactNode } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'

/** A small list on the dashboard in each of its states. */
export function PanelState<Item>({
  query,
  label,
  empty,
  children,
}: {
  query: { data: readonly Item[] | undefined; error: unknown; retry?: () => void }
  label: string
  empty: string
  children: (items: readonly Item[]) => ReactNode
}) {
  if (query.data && query.data.length > 0) return children(query.data)
  if (query.data) return <p className="p-4 text-ink-soft text-sm">{empty}</p>
  if (query.error) {
    return (
      <ProblemNotice title={`The ${label} could not be loaded`} error={query.error} onRetry={query.retry} />
    )
  }
  return (
    <Loading label={`Loading ${label}`} className="flex flex-col gap-4 p-4">
      {['w-3/4', 'w-2/3', 'w-4/5', 'w-1/2'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </Loading>
  )
}
