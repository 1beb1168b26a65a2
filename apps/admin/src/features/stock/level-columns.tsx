'use client'

import type { NamedLevel } from '@souk/api/stock-products'
import type { Column } from '@souk/ui/admin-table'
import { Button } from '@souk/ui/button'
import { numberText } from '../../frame/format.ts'
import { GoodsName } from './goods-name.tsx'
import { LevelState } from './level-state.tsx'

export function levelColumns(onAdjust: (level: NamedLevel) => void): readonly Column<NamedLevel>[] {
  return [
    {
      key: 'sku',
      header: 'Goods',
      isName: true,
      cell: (level) => <GoodsName sku={level.sku} product={level.product} />,
    },
    { key: 'state', header: 'State', phone: 'aside', cell: (level) => <LevelState level={level} /> },
    { key: 'onHand', header: 'On hand', isEnd: true, cell: (level) => numberText(level.onHand) },
    { key: 'reserved', header: 'Reserved', isEnd: true, cell: (level) => numberText(level.reserved) },
    {
      key: 'available',
      header: 'Available',
      isEnd: true,
      cell: (level) => (
        <>
          <span className="font-medium">{numberText(level.available)}</span>
          {level.backordered > 0 && (
            <span className="block text-dense text-ink-soft">{numberText(level.backordered)} promised</span>
          )}
        </>
      ),
    },
    {
      key: 'locations',
      header: 'Where',
      phone: 'start',
      from: 'lg',
      cell: (level) => {
        const filled = level.locations.filter(({ onHand }) => onHand > 0)
        if (filled.length === 0) return <span className="text-ink-soft">Nowhere</span>
        return filled.map(({ name, onHand }) => `${name} ${numberText(onHand)}`).join(', ')
      },
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
