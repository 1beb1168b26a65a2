'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'

export type Tab = { value: string; label: ReactNode; content: ReactNode }

export function Tabs({
  tabs,
  label,
  defaultValue,
  className,
}: {
  tabs: readonly Tab[]
  label: string
  defaultValue?: string
  className?: string
}) {
  return (
    <Base.Root defaultValue={defaultValue ?? tabs[0]?.value} className={className}>
      <Base.List aria-label={label} className="flex gap-6 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className={cx(
              '-mb-px min-h-11 whitespace-nowrap border-transparent border-b-2 py-2 text-ink-soft transition-colors hover:text-ink',
              'data-active:border-accent data-active:text-ink',
            )}
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="py-6">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
