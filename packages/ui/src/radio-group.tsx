import { type ReactNode, useId } from 'react'
import { cx } from './class-names.tsx'
import { FieldError } from './field.tsx'

export type RadioOption = {
  value: string
  label: ReactNode
  /** A second, softer line. */
  description?: ReactNode
  /** At the far end of the row, such as a price. */
  aside?: ReactNode
  /** Shown below the row while it is chosen. */
  detail?: ReactNode
}

type RadioGroupProps = {
  legend: string
  isLegendHidden?: boolean
  name: string
  options: readonly RadioOption[]
  value: string | undefined
  onValueChange: (value: string) => void
  error?: string
  className?: string
}

/** One choice from a few, as rows between hairlines; native radios, so arrow keys and forms work. */
export function RadioGroup(props: RadioGroupProps) {
  const id = useId()
  return (
    <fieldset
      className={cx('min-w-0', props.className)}
      aria-invalid={props.error ? true : undefined}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <legend className={props.isLegendHidden ? 'sr-only' : 'mb-2 font-medium text-sm'}>
        {props.legend}
      </legend>
      <div className="divide-y divide-line rounded-control border border-edge bg-raised">
        {props.options.map((option) => (
          <RadioRow key={option.value} id={`${id}-${option.value}`} group={props} option={option} />
        ))}
      </div>
      {props.error && (
        <div className="mt-1.5">
          <FieldError id={`${id}-error`}>{props.error}</FieldError>
        </div>
      )}
    </fieldset>
  )
}

function RadioRow({ id, group, option }: { id: string; group: RadioGroupProps; option: RadioOption }) {
  const isChosen = group.value === option.value
  return (
    <div>
      <label htmlFor={id} className="flex min-h-13 items-center gap-3 px-4 py-3">
        <span className="relative grid size-5 shrink-0 place-items-center">
          <input
            id={id}
            type="radio"
            name={group.name}
            value={option.value}
            checked={isChosen}
            onChange={() => group.onValueChange(option.value)}
            aria-describedby={option.description ? `${id}-description` : undefined}
            className="peer size-5 appearance-none rounded-full border border-edge transition-colors checked:border-accent hover:border-ink"
          />
          <span className="pointer-events-none absolute size-2.5 rounded-full bg-accent opacity-0 peer-checked:opacity-100" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block">{option.label}</span>
          {option.description && (
            <span id={`${id}-description`} className="block text-ink-soft text-sm">
              {option.description}
            </span>
          )}
        </span>
        {option.aside !== undefined && <span className="figures shrink-0">{option.aside}</span>}
      </label>
      {isChosen && option.detail && <div className="px-4 pb-4 sm:pl-12">{option.detail}</div>}
    </div>
  )
}
