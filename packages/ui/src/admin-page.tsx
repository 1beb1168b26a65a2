import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'

/** The top of a back office page: what it is, one line about it, and what can be done here. */
export function PageHeader({
  title,
  above,
  description,
  actions,
}: {
  title: ReactNode
  /** The way back, in front of the title. */
  above?: ReactNode
  description?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-5">
      <div className="min-w-0">
        {above}
        <h1 className="font-medium text-xl">{title}</h1>
        {description && <div className="mt-1 text-ink-soft text-sm">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
    </header>
  )
}

/** A bordered part of a page under its own heading. */
export function Panel({
  title,
  aside,
  isFlush = false,
  className,
  children,
}: {
  title: string
  /** At the far end of the heading. */
  aside?: ReactNode
  /** Content that brings its own padding, such as a table. */
  isFlush?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <section
      aria-label={title}
      className={cx('min-w-0 rounded-control border border-line bg-raised', className)}
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b px-4 py-1.5">
        <h2 className="font-medium text-sm">{title}</h2>
        {aside}
      </div>
      <div className={isFlush ? undefined : 'p-4'}>{children}</div>
    </section>
  )
}

/** One figure with its name, as on the dashboard. */
export function Figure({
  label,
  value,
  note,
  className,
}: {
  label: string
  value: ReactNode
  note?: ReactNode
  className?: string
}) {
  return (
    <div className={cx('min-w-0 px-4 py-3 max-sm:px-3', className)}>
      <dt className="text-dense text-ink-soft">{label}</dt>
      <dd className="figures mt-1 whitespace-nowrap font-medium text-base sm:text-xl">{value}</dd>
      {note && <dd className="mt-0.5 text-dense text-ink-soft">{note}</dd>}
    </div>
  )
}
