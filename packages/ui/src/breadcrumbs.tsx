import type { ElementType } from 'react'
import { cx } from './class-names.tsx'

export type Crumb = { label: string; href?: string }

/** The way here; the last one is this page. */
export function Breadcrumbs({
  items,
  component: Component = 'a',
  className,
}: {
  items: readonly Crumb[]
  component?: ElementType
  className?: string
}) {
  return (
    <nav aria-label="Breadcrumb" className={cx('text-ink-soft text-sm', className)}>
      <ol className="flex flex-wrap items-center">
        {items.map((item, index) => (
          <li key={`${item.href ?? ''}${item.label}`} className="flex items-center">
            {index > 0 && (
              <span aria-hidden="true" className="px-2 text-edge">
                /
              </span>
            )}
            {item.href ? (
              <Component href={item.href} className="touch py-1 hover:text-ink hover:underline">
                {item.label}
              </Component>
            ) : (
              <span aria-current="page" className="py-1 text-ink">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
