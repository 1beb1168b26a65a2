import { type ComponentProps, useId } from 'react'
import { cx } from './class-names.tsx'
import { controlClass, describedBy, Field, type FieldTexts } from './field.tsx'

type TextAreaFieldProps = FieldTexts &
  ComponentProps<'textarea'> & { isOptional?: boolean; fieldClassName?: string }

export function TextAreaField({
  label,
  hint,
  error,
  isLabelHidden,
  isOptional = false,
  fieldClassName,
  className,
  id: givenId,
  rows = 4,
  ...input
}: TextAreaFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Field {...{ id, label, hint, error, isLabelHidden, isOptional }} className={fieldClassName}>
      <textarea
        {...input}
        id={id}
        rows={rows}
        required={!isOptional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        className={cx(controlClass, 'min-h-24', className)}
      />
    </Field>
  )
}
