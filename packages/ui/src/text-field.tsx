import { type ComponentProps, useId } from 'react'
import { cx } from './class-names.tsx'
import { controlClass, describedBy, Field, type FieldTexts } from './field.tsx'

type TextFieldProps = FieldTexts &
  ComponentProps<'input'> & {
    /** Says "(optional)" beside the label. Fields are required unless told otherwise. */
    isOptional?: boolean
    fieldClassName?: string
  }

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  isOptional = false,
  fieldClassName,
  className,
  id: givenId,
  ...input
}: TextFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  return (
    <Field {...{ id, label, hint, error, isLabelHidden, isOptional }} className={fieldClassName}>
      <input
        {...input}
        id={id}
        required={!isOptional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        className={cx(controlClass, className)}
      />
    </Field>
  )
}
