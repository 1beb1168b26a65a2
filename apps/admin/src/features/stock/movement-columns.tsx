'use client'

import type { Movement, MovementKind } from '@souk/inventory/contract'
import type { Column } from '@souk/ui/admin-table'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { deltaText, numberText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'

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

export const movementColumns: readonly Column<Movement>[] = [
  { key: 'at', header: 'When', phone: 'aside', cell: (movement) => <DateTime value={movement.createdAt} /> },
  {
    key: 'sku',
    header: 'SKU',
    isName: true,
    cell: (movement) => (
      <Link href={paths.stockItem(movement.sku)} data-row-link className="font-mono hover:underline">
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
        {movement.backorderedDelta !== 0 && ` ${deltaText(movement.backorderedDelta)}`}
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
    cell: (movement) => movement.location.name,
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
