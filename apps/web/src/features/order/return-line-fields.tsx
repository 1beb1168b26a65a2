import type { ExchangeOption } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import { SelectField } from '@souk/ui/select-field'
import { useState, useTransition } from 'react'
import type { ExchangeAnswer } from './return-items.tsx'
import { exchangeWords, type ReturnableLine } from './return-words.ts'

type ReturnLineFieldsProps = {
  line: ReturnableLine
  quantity: number
  onQuantityChange: (quantity: number) => void
  loadOptions: () => Promise<ExchangeAnswer>
}

/** How many pieces, and from the first one on what instead of their money. */
export function ReturnLineFields({ line, quantity, onQuantityChange, loadOptions }: ReturnLineFieldsProps) {
  const [options, setOptions] = useState<ExchangeOption[]>()
  const [isLoading, startLoading] = useTransition()
  const { sku, name, optionsLabel, left } = line
  const load = () =>
    startLoading(async () => {
      const answer = await loadOptions().catch((): ExchangeAnswer => ({ status: 'failed' }))
      if (answer.status === 'found') setOptions(answer.options)
    })
  return (
    <li className="flex flex-col gap-3 py-3">
      <div className="flex items-center justify-between gap-4">
        <span className="min-w-0">
          <span className="block">{name}</span>
          <span className="block text-ink-soft text-sm">
            {[optionsLabel, left === 1 ? '1 piece' : `up to ${left} pieces`].filter(Boolean).join(', ')}
          </span>
        </span>
        <QuantityStepper
          label={`Pieces of ${name} to return`}
          value={quantity}
          min={0}
          max={left}
          onValueChange={(value) => {
            onQuantityChange(value)
            if (value > 0 && options === undefined) load()
          }}
        />
      </div>
      {quantity > 0 && options && options.length > 0 && (
        <SelectField
          label={`What you want for ${[name, optionsLabel].filter(Boolean).join(', ')}`}
          name={`exchange ${sku}`}
          defaultValue=""
          options={[
            { value: '', label: 'Money back' },
            ...options.map((option) => ({
              value: option.sku,
              label: exchangeWords(option),
              isDisabled: !option.isAvailable,
            })),
          ]}
          hint="Amounts are for each piece."
        />
      )}
      {quantity > 0 && options === undefined && (
        <div role="status" className="flex flex-wrap items-center gap-3 text-ink-soft text-sm">
          {isLoading ? (
            'Looking for what you can have instead'
          ) : (
            <>
              What you can have instead could not be loaded.
              <Button variant="secondary" size="small" onClick={load}>
                Try again
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  )
}
