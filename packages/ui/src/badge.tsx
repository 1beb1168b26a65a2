import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'

export type Tone = 'neutral' | 'accent' | 'positive' | 'warning' | 'danger'

const tints: Record<Tone, string> = {
  neutral: 'bg-surface text-ink-soft',
  accent: 'bg-accent-soft text-accent-strong',
  positive: 'bg-positive-soft text-positive',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
}
const dots: Record<Tone, string> = {
  neutral: 'bg-edge',
  accent: 'bg-accent',
  positive: 'bg-positive',
  warning: 'bg-warning',
  danger: 'bg-danger',
}

export function Badge({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: Tone
  className?: string
  children: ReactNode
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center whitespace-nowrap rounded-control px-2 py-0.5 font-medium text-sm',
        tints[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}

/** A state in one word beside a dot; the word carries the meaning, the colour only helps. */
export function Status({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: Tone
  className?: string
  children: ReactNode
}) {
  return (
    <span className={cx('inline-flex items-center gap-2 whitespace-nowrap', className)}>
      <span aria-hidden="true" className={cx('size-2 shrink-0 rounded-full', dots[tone])} />
      {children}
    </span>
  )
}
