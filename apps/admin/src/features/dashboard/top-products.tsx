'use client'

import type { SalesReport } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import Link from 'next/link'
import { countText, minorText } from '../../frame/format.ts'
import { Picture } from '../../frame/picture.tsx'
import { paths } from '../../paths.ts'
import { PanelState } from './panel-state.tsx'

/** What sold best in the period. It comes with the report, so its failure is told there. */
export function TopProducts({
  report,
  days,
  hasFailed,
}: {
  report: SalesReport | undefined
  days: number
  hasFailed: boolean
}) {
  if (hasFailed && !report) return null
  return (
    <Panel title={`Best sellers, ${days} days`} isFlush>
      <PanelState
        query={{ data: report?.topProducts, error: null }}
        label="best sellers"
        empty="Nothing was sold in this period."
      >
        {(items) => (
          <ul className="divide-y divide-line text-sm">
            {items.map((product) => (
              <li key={product.productSlug} className="flex items-center gap-3 px-4 py-2">
                <Picture url={product.imageUrl} alt="" className="size-10" />
                <Link
                  href={paths.product(product.productSlug)}
                  className="min-w-0 flex-1 truncate hover:underline"
                >
                  {product.name}
                </Link>
                <span className="figures text-right">
                  {minorText(product.revenueMinor)}
                  <span className="block text-dense text-ink-soft">
                    {countText(product.units, 'piece', 'pieces')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </PanelState>
    </Panel>
  )
}
