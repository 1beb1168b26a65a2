'use client'

import type { NamedLevel } from '@souk/api/stock-products'
import { IconButton } from '@souk/ui/icon-button'
import { X } from 'lucide-react'
import { numberText } from '../../frame/format.ts'
import { GoodsName } from './goods-name.tsx'

export type GoodsLine = { level: NamedLevel; quantity: number }

/** The same SKU again adds to its line. */
export function withLine(lines: readonly GoodsLine[], level: NamedLevel, quantity: number): GoodsLine[] {
  const before = lines.find((line) => line.level.sku === level.sku)
  const others = lines.filter((line) => line !== before)
  return [...others, { level, quantity: quantity + (before?.quantity ?? 0) }]
}

/** What a document will hold, before it is sent. */
export function GoodsLines({
  lines,
  onRemove,
}: {
  lines: readonly GoodsLine[]
  onRemove: (sku: string) => void
}) {
  if (lines.length === 0) return <p className="py-2 text-ink-soft text-sm">No goods yet.</p>
  return (
    <ul aria-label="Goods" className="divide-y divide-line border-line border-y">
      {lines.map(({ level, quantity }) => (
        <li key={level.sku} className="flex items-center justify-between gap-3 py-1.5 text-sm">
          <GoodsName sku={level.sku} product={level.product} />
          <span className="flex items-center gap-2">
            <span className="figures font-medium">{numberText(quantity)}</span>
            <IconButton icon={X} label={`Remove ${level.sku}`} onClick={() => onRemove(level.sku)} />
          </span>
        </li>
      ))}
    </ul>
  )
}
