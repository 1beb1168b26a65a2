'use client'

import type { Movement, MovementKind } from '@souk/inventory/contract'
import { Id } from '@souk/kernel/id'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { deltaText, numberText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { MovementFilters } from './movement-filters.tsx'

const Filters = z.object({ sku: z.string().max(64), orderId: Id })

const kindLabels: Record<MovementKind, string> = {
  receipt: 'Receipt',
  reservation: 'Reservation',
  release: 'Release',
  sale: 'Sale',
  return: 'Return',
  adjustment: 'Adjustment',
  write_off: 'Written off',
  transfer_out: 'Sent',
  transfer_in: 'Arrived',
  backorder: 'Promised',
  backorder_end: 'Promise ended',
  backorder_fill: 'Promise kept',
}

/** The change and the level after it; a level that stayed shows only itself. */
function Change({ delta, after }: { delta: number; after: number }) {
  return (
    <>
      {delta !== 0 && <span className="font-medium">{deltaText(delta)} </span>}
      <span className="text-ink-soft">= {numberText(after)}</span>
    </>
  )
}

const columns: readonly Column<Movement>[] = [
  { key: 'at', header: 'When', phone: 'aside', cell: (movement) => <DateTime value={movement.createdAt} /> },
  {
    key: 'sku',
    header: 'SKU',
    isName: true,
    cell: (movement) => (
      <Link href={paths.stock({ q: movement.sku })} data-row-link className="font-mono hover:underline">
        {movement.sku}
      </Link>
    ),
  },
  {
    key: 'kind',
    header: 'Kind',
    phone: 'wide',
    cell: (movement) => (
      <>
        {kindLabels[movement.kind]}
        {movement.reason && <span className="block text-dense text-ink-soft">{movement.reason}</span>}
      </>
    ),
  },
  {
    key: 'onHand',
    header: 'On hand',
    isEnd: true,
    cell: (movement) => <Change delta={movement.onHandDelta} after={movement.onHandAfter} />,
  },
  {
    key: 'reserved',
    header: 'Reserved',
    isEnd: true,
    cell: (movement) => <Change delta={movement.reservedDelta} after={movement.reservedAfter} />,
  },
  {
    key: 'location',
    header: 'Where',
    phone: 'hidden',
    from: 'lg',
    cell: (movement) => movement.location.code,
  },
  {
    key: 'cause',
    header: 'Because of',
    cell: (movement) =>
      movement.orderId ? (
        <Link href={paths.order(movement.orderId)} className="link">
          An order
        </Link>
      ) : movement.actor.startsWith('user') ? (
        'Staff'
      ) : (
        'The shop'
      ),
  },
]

export function MovementsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const movements = useQuery({
    ...api.admin.stock.movements.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.stock()}>Stock</BackLink>}
        title="Stock movements"
        description="Every change of every level, the latest first. Nothing is ever taken out of this list."
      />
      <MovementFilters sku={filters.sku ?? ''} orderId={filters.orderId ?? ''} />
      <ListView
        query={movements}
        label="movements"
        columns={columns}
        rowKey={(movement) => movement.id}
        empty={
          <EmptyState icon={ArrowLeftRight} title="No movements">
            <p>
              {filters.sku || filters.orderId
                ? 'Nothing moved for this SKU or order. The SKU must be whole.'
                : 'Stock that comes in, is reserved, sold or counted leaves a line here.'}
            </p>
          </EmptyState>
        }
      />
    </>
  )
}
