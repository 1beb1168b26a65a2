import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'

/** Says what will be here and how to get it. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  headingLevel: Heading = 'h2',
  className,
}: {
  icon?: LucideIcon
  title: string
  children?: ReactNode
  actions?: ReactNode
  headingLevel?: 'h1' | 'h2' | 'h3'
  className?: string
}) {
  return (
    <div className={cx('flex max-w-read flex-col items-start gap-3 py-12', className)}>
      {icon && <Icon icon={icon} size={28} className="text-ink-soft" />}
      <Heading className="display text-2xl">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap gap-3">{actions}</div>}
    </div>
  )
}
