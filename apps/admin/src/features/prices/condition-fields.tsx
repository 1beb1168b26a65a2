import { Checkbox } from '@souk/ui/checkbox'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import type { FieldProps } from './promotion-form.tsx'

export function ConditionFields({ values, faults, set }: FieldProps) {
  const text = (
    field:
      | 'minSubtotal'
      | 'minQuantity'
      | 'usageLimit'
      | 'perCustomerLimit'
      | 'customers'
      | 'priority'
      | 'startsAt'
      | 'endsAt',
  ) => ({
    value: values[field],
    error: faults[field],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set(field, event.target.value),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="Order of at least, in €" isOptional inputMode="decimal" {...text('minSubtotal')} />
      <TextField label="Pieces of at least" isOptional inputMode="numeric" {...text('minQuantity')} />
      <TextField label="Starts" isOptional type="datetime-local" {...text('startsAt')} />
      <TextField label="Ends" isOptional type="datetime-local" {...text('endsAt')} />
      <TextField
        label="Uses altogether"
        isOptional
        inputMode="numeric"
        hint="A cancelled order gives its use back."
        {...text('usageLimit')}
      />
      <TextField label="Uses per customer" isOptional inputMode="numeric" {...text('perCustomerLimit')} />
      <TextAreaField
        label="Only these customers"
        isOptional
        rows={3}
        hint="E-mail addresses or account ids, one a line."
        fieldClassName="sm:col-span-2"
        {...text('customers')}
      />
      <Checkbox
        label="First order only"
        checked={values.isFirstOrder}
        onChange={(event) => set('isFirstOrder', event.target.checked)}
      />
      <Checkbox
        label="Does not combine with others"
        hint="The buyer gets what is cheaper: this one alone, or the others together."
        checked={values.isExclusive}
        onChange={(event) => set('isExclusive', event.target.checked)}
      />
      <TextField label="Priority" hint="Higher goes first." inputMode="numeric" {...text('priority')} />
    </div>
  )
}
