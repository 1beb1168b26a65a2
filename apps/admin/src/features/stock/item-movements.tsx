'use client'

import { Panel } from '@souk/ui/admin-page'
import { DataTable } from '@souk/ui/admin-table'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { movementColumns } from './movement-columns.tsx'

const columns = movementColumns.filter(({ key }) => key !== 'sku')

/** The last changes of one SKU; all of them are a link away. */
export function ItemMovements({ sku }: { sku: string }) {
  const api = useApi()
  const movements = useQuery(api.admin.stock.movements.queryOptions({ sku, limit: 12 }))
  return (
    <Panel
      title="Latest movements"
      isFlush
      aside={
        <Link href={paths.movements({ sku })} className="link text-sm">
          All of them
        </Link>
      }
    >
      {movements.data ? (
        movements.data.items.length > 0 ? (
          <DataTable
            caption="Movements"
            columns={columns}
            rows={movements.data.items}
            rowKey={({ id }) => id}
          />
        ) : (
          <p className="p-4 text-ink-soft text-sm">Nothing moved yet.</p>
        )
      ) : movements.error ? (
        <ProblemNotice
          title="The movements could not be loaded"
          error={movements.error}
          onRetry={() => void movements.refetch()}
        />
      ) : (
        <Loading label="Loading movements" className="p-4">
          <Skeleton className="h-24" />
        </Loading>
      )}
    </Panel>
  )
}
