import type { ElementType } from 'react'
import { buttonClass } from './button-class.tsx'
import { cx } from './class-names.tsx'

/** A link, so that it works without a script; the page may take it over to append in place. */
export function LoadMore({
  href,
  shown,
  total,
  noun,
  component: Component = 'a',
  className,
  ...rest
}: {
  href: string | null
  shown: number
  total: number
  noun: string
  component?: ElementType
  className?: string
  [more: `data-${string}`]: string
}) {
  return (
    <div className={cx('flex flex-col items-center gap-4', className)}>
      <p className="figures text-ink-soft text-sm">
        {shown} of {total} {noun}
      </p>
      {href && (
        <Component href={href} rel="next" {...rest} className={buttonClass({ variant: 'secondary' })}>
          Load more
        </Component>
      )}
    </div>
  )
}

/** Newer and older pages of a list that is read by cursor. */
export function CursorPagination({
  firstHref,
  nextHref,
  component: Component = 'a',
  label = 'Pages',
}: {
  /** Null on the first page. */
  firstHref: string | null
  nextHref: string | null
  component?: ElementType
  label?: string
}) {
  if (!firstHref && !nextHref) return null
  const look = buttonClass({ variant: 'secondary', size: 'small' })
  return (
    <nav aria-label={label} className="flex gap-3">
      {firstHref && (
        <Component href={firstHref} className={look}>
          Back to the first page
        </Component>
      )}
      {nextHref && (
        <Component href={nextHref} rel="next" className={look}>
          Next page
        </Component>
      )}
    </nav>
  )
}
