import { promotionKinds } from '@souk/order/contract'
import { Checkbox } from '@souk/ui/checkbox'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import type { FieldProps } from './promotion-form.tsx'
import { kindLabels } from './promotion-words.ts'

export function OfferFields({ values, faults, set }: FieldProps) {
  const isOffer = values.kind === 'buy_x_get_y'
  const text = (
    field:
      | 'name'
      | 'code'
      | 'value'
      | 'buyQuantity'
      | 'getQuantity'
      | 'maxSets'
      | 'categories'
      | 'skus'
      | 'getCategories'
      | 'getSkus',
  ) => ({
    value: values[field],
    error: faults[field],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set(field, event.target.value),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Name"
        hint="Shown in the cart and on the order."
        fieldClassName="sm:col-span-2"
        {...text('name')}
      />
      <Checkbox
        label="Applies by itself"
        hint="Without a code, to every order that meets the conditions."
        checked={values.isAutomatic}
        onChange={(event) => set('isAutomatic', event.target.checked)}
        className="sm:col-span-2"
      />
      {!values.isAutomatic && (
        <TextField label="Code" maxLength={64} autoCapitalize="characters" {...text('code')} />
      )}
      <SelectField
        label="Kind"
        options={promotionKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))}
        value={values.kind}
        onChange={(event) => {
          const kind = promotionKinds.find((known) => known === event.target.value) ?? 'percentage'
          set('kind', kind)
          if (kind === 'buy_x_get_y') set('value', '100')
        }}
      />
      {values.kind !== 'free_shipping' && (
        <TextField
          label={
            values.kind === 'amount'
              ? 'Amount off in €'
              : isOffer
                ? 'Per cent off what is given'
                : 'Per cent off'
          }
          hint={isOffer ? '100 is free.' : undefined}
          inputMode="decimal"
          {...text('value')}
        />
      )}
      {isOffer && (
        <>
          <TextField label="Pieces to buy" inputMode="numeric" {...text('buyQuantity')} />
          <TextField
            label="Pieces given"
            inputMode="numeric"
            hint="The cheapest of each set."
            {...text('getQuantity')}
          />
          <TextField label="Most sets in an order" isOptional inputMode="numeric" {...text('maxSets')} />
          <Checkbox
            label="Other goods are given"
            checked={values.givesOther}
            onChange={(event) => set('givesOther', event.target.checked)}
            className="sm:col-span-2"
          />
        </>
      )}
      {isOffer && values.givesOther && (
        <>
          <TextField label="Categories that are given" isOptional {...text('getCategories')} />
          <TextField label="SKUs that are given" isOptional {...text('getSkus')} />
        </>
      )}
      <TextField
        label="Only these categories"
        isOptional
        hint="Their addresses, such as tableware, separated by commas."
        {...text('categories')}
      />
      <TextField label="Only these SKUs" isOptional hint="Separated by commas." {...text('skus')} />
    </div>
  )
}
