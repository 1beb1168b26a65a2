import { ChevronDown } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { cx } from './class-names.tsx'
import { controlClass, describedBy, Field, type FieldTexts } from './field.tsx'
import { Icon } from './icon.tsx'

export type SelectOption = { value: string; label: string; isDisabled?: boolean }
type SelectFieldProps = FieldTexts &
  ComponentProps<'select'> & {
    options: readonly SelectOption[]
    /** Shown while nothing is chosen. */
    placeholder?: string
    isOptional?: boolean
    fieldClassName?: string
  }

/** The platform's own list: the best one on a phone, and it works before any script does. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden,
  isOptional = false,
  options,
  placeholder,
  fieldClassName,
  className,
  id: givenId,
  ...select
}: SelectFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Field {...{ id, label, hint, error, isLabelHidden, isOptional }} className={fieldClassName}>
      <span className="relative block">
        <select
          {...select}
          id={id}
          required={!isOptional}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
          className={cx(controlClass, 'appearance-none pr-10', className)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          icon={ChevronDown}
          size={18}
          className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-ink-soft"
        />
      </span>
    </Field>
  )
}
