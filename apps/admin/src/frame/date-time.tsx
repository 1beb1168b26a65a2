import { cx } from '@souk/ui/class-names'
import { timeText, utcText } from './format.ts'

/** A moment in the reader's own time; the tooltip has it in UTC, for comparing with a log. */
export function DateTime({ value, className }: { value: string; className?: string }) {
  return (
    <time dateTime={value} title={utcText(value)} className={cx('whitespace-nowrap', className)}>
      {timeText(value)}
    </time>
  )
}
