import { formatMoney } from '@souk/kernel/format-money'
import type { Money } from '@souk/kernel/money'
import { cx } from './class-names.tsx'

/** A price; with an earlier, higher one struck through and both named for those who only listen. */
export function Price({
  value,
  compareAt,
  isFrom = false,
  className,
}: {
  value: Money
  compareAt?: Money | null
  /** Variants cost different amounts and this is the lowest. */
  isFrom?: boolean
  className?: string
}) {
  if (!compareAt || compareAt.amount <= value.amount)
    return (
      <span className={cx('figures', className)}>
        {isFrom && 'From '}
        {formatMoney(value)}
      </span>
    )
  return (
    <span className={cx('figures inline-flex flex-wrap items-baseline gap-x-2', className)}>
      <span className="text-accent-strong">
        <span className="sr-only">Now </span>
        {isFrom && 'From '}
        {formatMoney(value)}
      </span>
      <s className="text-ink-soft">
        <span className="sr-only">Was </span>
        {formatMoney(compareAt)}
      </s>
    </span>
  )
}
