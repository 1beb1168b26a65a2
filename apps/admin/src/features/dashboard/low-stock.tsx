'use client'

import { Panel } from '@souk/ui/admin-page'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { countText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'
import { PanelState } from './panel-state.tsx'

export function LowStock() {
  const api = useApi()
  const levels = useQuery({
    ...api.admin.stock.list.queryOptions({ state: 'low', limit: 6 }),
    refetchInterval: 60_000,
  })
  return (
    <Panel
      title="Low stock"
      isFlush
      aside={
        <Link href={paths.stock({ state: 'low' })} className="link text-sm">
          All low levels
        </Link>
      }
    >
      <PanelState
        query={{ data: levels.data?.items, error: levels.error, retry: () => void levels.refetch() }}
        label="low levels"
        empty="Nothing is low."
      >
        {(items) => (
          <ul className="divide-y divide-line text-sm">
            {items.map((level) => (
              <li key={level.sku} className="flex items-baseline justify-between gap-4 px-4 py-2">
                <Link href={paths.stockItem(level.sku)} className="min-w-0 truncate hover:underline">
                  {level.product ? (
                    `${level.product.name} ${level.product.optionsLabel}`
                  ) : (
                    <span className="font-mono">{level.sku}</span>
                  )}
                </Link>
                <span className={level.available === 0 ? 'figures text-danger' : 'figures'}>
                  {level.available === 0
                    ? 'Sold out'
                    : `${countText(level.available, 'piece', 'pieces')} left`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </PanelState>
    </Panel>
  )
}
