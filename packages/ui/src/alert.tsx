import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'

export type AlertTone = 'info' | 'success' | 'warning' | 'error'

const looks: Record<AlertTone, { icon: LucideIcon; box: string; mark: string }> = {
  info: { icon: Info, box: 'border-edge bg-surface', mark: 'text-ink-soft' },
  success: { icon: CircleCheck, box: 'border-positive bg-positive-soft', mark: 'text-positive' },
  warning: { icon: TriangleAlert, box: 'border-warning bg-warning-soft', mark: 'text-warning' },
  error: { icon: CircleAlert, box: 'border-danger bg-danger-soft', mark: 'text-danger' },
}

/** What happened (title), what is safe and what to do next (children). Errors are announced at once. */
export function Alert({
  tone = 'info',
  title,
  children,
  actions,
  className,
  ref,
}: {
  tone?: AlertTone
  title: string
  children?: ReactNode
  actions?: ReactNode
  className?: string
  ref?: Ref<HTMLDivElement>
}) {
  const look = looks[tone]
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role={tone === 'error' ? 'alert' : 'status'}
      className={cx('flex gap-3 rounded-control border-l-2 px-4 py-3', look.box, className)}
    >
      <Icon icon={look.icon} className={cx('mt-0.5 shrink-0', look.mark)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-1 text-ink">{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap gap-3">{actions}</div>}
      </div>
    </div>
  )
}
