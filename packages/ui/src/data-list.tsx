import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'

export type DataItem = { term: string; detail: ReactNode }

/** Facts in two columns between hairlines. */
export function DataList({ items, className }: { items: readonly DataItem[]; className?: string }) {
  return (
    <dl className={cx('divide-y divide-line border-line border-y', className)}>
      {items.map((item) => (
        <div key={item.term} className="grid grid-cols-[minmax(7rem,1fr)_2fr] gap-4 py-3">
          <dt className="text-ink-soft">{item.term}</dt>
          <dd className="min-w-0">{item.detail}</dd>
        </div>
      ))}
    </dl>
  )
}
