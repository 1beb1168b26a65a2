import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './class-names.tsx'
import { describedBy, FieldError } from './field.tsx'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode
  hint?: ReactNode
  error?: string
}

export function Checkbox({ label, hint, error, className, id: givenId, ...input }: CheckboxProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="flex min-h-11 items-center gap-3 py-1">
        <span className="relative grid size-5 shrink-0 place-items-center">
          <input
            {...input}
            id={id}
            type="checkbox"
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy(id, { hint, error })}
            className="peer size-5 appearance-none rounded-control border border-edge bg-raised transition-colors checked:border-accent checked:bg-accent hover:border-ink aria-invalid:border-danger disabled:border-line disabled:bg-surface"
          />
          <svg
            viewBox="0 0 20 20"
            aria-hidden="true"
            className="pointer-events-none absolute size-5 stroke-on-accent opacity-0 peer-checked:opacity-100"
            fill="none"
            strokeWidth="1.75"
          >
            <path d="m5 10.5 3.5 3.5L15 6.5" />
          </svg>
        </span>
        <span>{label}</span>
      </label>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  )
}
