import type { Facets } from '@souk/product/contract'
import { TextField } from '@souk/ui/text-field'
import type { ProductFilters } from './product-filters.ts'

type PriceChoiceProps = {
  filters: ProductFilters
  range: Facets['price']
  /** A price is taken over when its field is left or Enter is pressed, not while it is being typed. */
  onDone: (form: HTMLFormElement | null) => void
}

export function PriceChoice({ filters, range, onDone }: PriceChoiceProps) {
  const field = (name: 'min' | 'max', label: string, value: number | undefined, placeholder: number) => (
    <TextField
      key={`${name}${value}`}
      label={label}
      name={name}
      isOptional
      isLabelHidden
      inputMode="numeric"
      pattern="[0-9]*"
      autoComplete="off"
      defaultValue={value ?? ''}
      placeholder={range.max > 0 ? String(placeholder) : ''}
      onBlur={(event) => onDone(event.currentTarget.form)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onDone(event.currentTarget.form)
      }}
      fieldClassName="min-w-0 flex-1"
      className="figures"
    />
  )
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Price in {range.currency}</legend>
      <div className="flex items-center gap-2">
        {field('min', 'Lowest price', filters.minPrice, Math.floor(range.min / 100))}
        <span aria-hidden="true" className="text-ink-soft">
          to
        </span>
        {field('max', 'Highest price', filters.maxPrice, Math.ceil(range.max / 100))}
      </div>
    </fieldset>
  )
}
