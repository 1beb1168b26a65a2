'use client'

import type { Level } from '@souk/inventory/contract'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { numberText } from '../../frame/format.ts'
import { lowStockLimit } from '../../low-stock.ts'
import { paths } from '../../paths.ts'

function Availability({ available }: { available: number }) {
  if (available <= 0) return <Status tone="danger">Sold out</Status>
  return available <= lowStockLimit ? (
    <Status tone="warning">Low</Status>
  ) : (
    <Status tone="positive">Fine</Status>
  )
}

export function levelColumns(onAdjust: (level: Level) => void): readonly Column<Level>[] {
  return [
    {
      key: 'sku',
      header: 'SKU',
      isName: true,
      cell: (level) => (
        <Link href={paths.movements({ sku: level.sku })} data-row-link className="font-mono hover:underline">
          {level.sku}
        </Link>
      ),
    },
    {
      key: 'state',
      header: 'State',
      phone: 'aside',
      cell: (level) => <Availability available={level.available} />,
    },
    { key: 'onHand', header: 'On hand', isEnd: true, cell: (level) => numberText(level.onHand) },
    { key: 'reserved', header: 'Reserved', isEnd: true, cell: (level) => numberText(level.reserved) },
    {
      key: 'available',
      header: 'Available',
      isEnd: true,
      cell: (level) => <span className="font-medium">{numberText(level.available)}</span>,
    },
    {
      key: 'locations',
      header: 'Where',
      phone: 'start',
      from: 'lg',
      cell: (level) =>
        level.locations.length === 1
          ? level.locations[0]?.name
          : level.locations.map((location) => `${location.name} ${numberText(location.onHand)}`).join(', '),
    },
    {
      key: 'updated',
      header: 'Changed',
      phone: 'hidden',
      from: 'xl',
      cell: (level) => <DateTime value={level.updatedAt} />,
    },
    {
      key: 'adjust',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (level) => (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Adjust ${level.sku}`}
          onClick={() => onAdjust(level)}
        >
          Adjust
        </Button>
      ),
    },
  ]
}
