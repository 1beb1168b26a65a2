'use client'

import { cx } from '@souk/ui/class-names'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { type Period, periods } from './sales-series.ts'

const labels: Record<Period, string> = { 7: '7 days', 30: '30 days', 90: '90 days', 365: '1 year' }

export function PeriodSwitch({ chosen }: { chosen: Period }) {
  const { hrefFor } = useUrlQuery()
  return (
    <nav aria-label="Period">
      <ul className="flex divide-x divide-line rounded-control border border-edge bg-raised">
        {periods.map((period) => (
          <li key={period}>
            <SoftLink
              href={hrefFor({ days: period === 30 ? undefined : String(period) })}
              aria-current={period === chosen ? 'true' : undefined}
              className={cx(
                'flex min-h-9 items-center px-3 text-sm transition-colors pointer-coarse:min-h-11',
                period === chosen ? 'bg-accent-soft font-medium text-accent-strong' : 'hover:bg-surface',
              )}
            >
              {labels[period]}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
