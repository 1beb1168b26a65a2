'use client'

import type { ReturnSummary } from '@souk/order/contract'
import type { Column } from '@souk/ui/admin-table'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText, numberText } from '../../frame/format.ts'
import { ReturnStatusMark, returnReasonWords } from '../../frame/return-status.tsx'
import { paths } from '../../paths.ts'

export const returnColumns: readonly Column<ReturnSummary>[] = [
  {
    key: 'number',
    header: 'Return',
    isName: true,
    cell: (each) => (
      <Link
        href={paths.return(each.id)}
        data-row-link
        className="font-medium after:absolute after:inset-0 hover:underline"
      >
        {each.number}
      </Link>
    ),
  },
  { key: 'asked', header: 'Asked for', phone: 'aside', cell: (each) => <DateTime value={each.createdAt} /> },
  {
    key: 'customer',
    header: 'Customer',
    phone: 'wide',
    className: 'sm:max-w-56',
    cell: (each) => (
      <>
        <span className="block truncate">{each.customerName}</span>
        <span className="block truncate text-dense text-ink-soft">Order {each.orderNumber}</span>
      </>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    phone: 'start',
    cell: (each) => <ReturnStatusMark status={each.status} />,
  },
  {
    key: 'reason',
    header: 'Reason',
    phone: 'hidden',
    from: 'lg',
    cell: (each) => returnReasonWords[each.reason],
  },
  {
    key: 'items',
    header: 'Items',
    phone: 'hidden',
    isEnd: true,
    cell: (each) => numberText(each.itemCount),
  },
  {
    key: 'refund',
    header: 'Refund',
    phone: 'end',
    isEnd: true,
    cell: (each) => (each.refund ? moneyText(each.refund) : ''),
  },
]
