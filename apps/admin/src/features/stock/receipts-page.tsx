'use client'

import type { Receipt } from '@souk/inventory/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { PackageCheck } from 'lucide-react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { countText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { readTrail } from '../../url-query.ts'
import { NewReceipt } from './new-receipt.tsx'
import { StockNav } from './stock-nav.tsx'

const columns: readonly Column<Receipt>[] = [
  { key: 'reference', header: 'Reference', isName: true, cell: ({ reference }) => reference ?? 'Delivery' },
  { key: 'at', header: 'When', phone: 'aside', cell: ({ createdAt }) => <DateTime value={createdAt} /> },
  { key: 'location', header: 'Where', phone: 'start', cell: ({ location }) => location.name },
  {
    key: 'lines',
    header: 'Goods',
    phone: 'wide',
    cell: ({ lines }) => {
      const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
      return `${countText(pieces, 'piece', 'pieces')} of ${countText(lines.length, 'SKU', 'SKUs')}`
    },
  },
]

export function ReceiptsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const receipts = useQuery({
    ...api.admin.receipt.list.queryOptions({ cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Receipts" description="Deliveries, and what they brought." />
      <StockNav />
      <NewReceipt />
      <ListView
        query={receipts}
        label="receipts"
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={PackageCheck} title="No deliveries yet">
            <p>Add what a delivery brought above. It can be sold at once.</p>
          </EmptyState>
        }
      />
    </>
  )
}
