import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'

export type FieldTexts = {
  label: string
  hint?: ReactNode
  /** What is wrong and how to put it right. */
  error?: string
  /** Only for people who cannot see the layout that explains the field. */
  isLabelHidden?: boolean
}

export const controlClass =
  'block w-full min-h-11 rounded-control border border-edge bg-raised px-3 py-2 text-base text-ink placeholder:text-ink-soft transition-colors hover:border-ink aria-invalid:border-danger aria-invalid:outline-danger disabled:cursor-not-allowed disabled:border-line disabled:bg-surface disabled:text-ink-soft'

/** The ids that tie a control to its hint and its error. */
export function describedBy(id: string, texts: Pick<FieldTexts, 'hint' | 'error'>): string | undefined {
  const ids = [texts.error && `${id}-error`, texts.hint && `${id}-hint`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-danger text-sm">
      <Icon icon={CircleAlert} size={16} className="mt-0.5 shrink-0" />
      <span>{children}</span>
    </p>
  )
}

/** Label above, control, then the error in front of the hint. */
export function Field({
  id,
  label,
  hint,
  error,
  isLabelHidden = false,
  isOptional = false,
  className,
  children,
}: FieldTexts & { id: string; isOptional?: boolean; className?: string; children: ReactNode }) {
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
        {isOptional && <span className="font-normal text-ink-soft"> (optional)</span>}
      </label>
      {children}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  )
}
