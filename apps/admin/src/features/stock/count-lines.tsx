'use client'

import type { StockCount } from '@souk/inventory/contract'
import { type Column, DataTable } from '@souk/ui/admin-table'
import { deltaText, numberText } from '../../frame/format.ts'
import { GoodsName } from './goods-name.tsx'
import { useGoods } from './use-goods.ts'

type Line = StockCount['lines'][number]

/** The last figure first: whoever counts sees what was just taken over. */
export function CountLines({ lines }: { lines: readonly Line[] }) {
  const nameOf = useGoods(lines.map(({ sku }) => sku))
  if (lines.length === 0) return <p className="p-4 text-ink-soft text-sm">Nothing yet.</p>
  const columns: readonly Column<Line>[] = [
    {
      key: 'sku',
      header: 'Goods',
      isName: true,
      cell: ({ sku }) => <GoodsName sku={sku} product={nameOf(sku)} />,
    },
    { key: 'counted', header: 'Counted', isEnd: true, cell: ({ counted }) => numberText(counted) },
    { key: 'expected', header: 'Books said', isEnd: true, cell: ({ expected }) => numberText(expected) },
    {
      key: 'difference',
      header: 'Difference',
      isEnd: true,
      cell: ({ counted, expected }) =>
        counted === expected ? (
          <span className="text-ink-soft">None</span>
        ) : (
          <span className="font-medium text-warning">{deltaText(counted - expected)}</span>
        ),
    },
  ]
  const latest = [...lines].sort((a, b) => (a.countedAt < b.countedAt ? 1 : -1))
  return <DataTable caption="Counted goods" columns={columns} rows={latest} rowKey={({ sku }) => sku} />
}
