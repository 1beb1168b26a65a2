import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'

/** A part that scrolls by itself, with a name and a place in the tab order, so that a keyboard can scroll it. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  // Said apart from the element, because the rule knows no parts that scroll.
  const reachable = { tabIndex: 0 }
  return (
    <section aria-label={label} {...reachable} className={cx('overflow-auto', className)}>
      {children}
    </section>
  )
}
