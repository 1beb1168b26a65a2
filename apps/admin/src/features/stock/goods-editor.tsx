'use client'

import type { NamedLevel } from '@souk/api/stock-products'
import { useState } from 'react'
import { GoodsEntry } from './goods-entry.tsx'
import { type GoodsLine, GoodsLines, withLine } from './goods-lines.tsx'

export type Goods = ReturnType<typeof useGoodsOfDocument>

/** The goods of a document that is put together and not sent yet. */
export function useGoodsOfDocument() {
  const [lines, setLines] = useState<readonly GoodsLine[]>([])
  return {
    shown: lines,
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    /** As a document takes them. */
    lines: lines.map(({ level, quantity }) => ({ sku: level.sku, quantity })),
    add: (level: NamedLevel, quantity: number) => setLines((now) => withLine(now, level, quantity)),
    remove: (sku: string) => setLines((now) => now.filter((line) => line.level.sku !== sku)),
    clear: () => setLines([]),
  }
}

export function GoodsEditor({ goods }: { goods: Goods }) {
  return (
    <>
      <GoodsEntry quantityLabel="Pieces" min={1} addLabel="Add" onEnter={goods.add} />
      <GoodsLines lines={goods.shown} onRemove={goods.remove} />
    </>
  )
}
