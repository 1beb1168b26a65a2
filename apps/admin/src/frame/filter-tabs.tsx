'use client'

import { cx } from '@souk/ui/class-names'
import { numberText } from './format.ts'
import { SoftLink } from './soft-link.tsx'
import { useUrlQuery } from './use-url-query.ts'

export type FilterTab = { value: string | undefined; label: string; count?: number | undefined }

/** The main filter of a list as a row of links; the chosen one is the current one. */
export function FilterTabs({
  name,
  label,
  tabs,
}: {
  name: string
  label: string
  tabs: readonly FilterTab[]
}) {
  const { params, hrefFor } = useUrlQuery()
  const chosen = params.get(name) ?? undefined
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-5 border-line border-b">
        {tabs.map((tab) => (
          <li key={tab.label}>
            <SoftLink
              href={hrefFor({ [name]: tab.value })}
              aria-current={tab.value === chosen ? 'true' : undefined}
              className={cx(
                '-mb-px flex min-h-11 items-center gap-1.5 whitespace-nowrap border-b-2 text-sm transition-colors',
                tab.value === chosen
                  ? 'border-accent text-ink'
                  : 'border-transparent text-ink-soft hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && tab.count > 0 && (
                <span className="figures text-dense text-ink-soft">{numberText(tab.count)}</span>
              )}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
