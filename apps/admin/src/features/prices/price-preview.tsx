'use client'

import { Panel } from '@souk/ui/admin-page'
import { TextField } from '@souk/ui/text-field'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { parseAmount } from '../../money-text.ts'

/** What a cart would cost somewhere, with the rules as they are saved. */
export function PricePreview() {
  const api = useApi()
  const [value, setValue] = useState('50')
  const [country, setCountry] = useState('DE')
  const [kilograms, setKilograms] = useState('1')
  const subtotalMinor = parseAmount(value)
  const hundredths = parseAmount(kilograms)
  const isCountry = /^[A-Z]{2}$/.test(country)
  const isAsked = subtotalMinor !== undefined && hundredths !== undefined && isCountry
  const input = {
    subtotalMinor: subtotalMinor ?? 0,
    grams: (hundredths ?? 0) * 10,
    country: isCountry ? country : 'DE',
  }
  const preview = useQuery({
    ...api.admin.pricing.preview.queryOptions(input),
    placeholderData: keepPreviousData,
    enabled: isAsked,
  })
  return (
    <Panel title="What a cart costs">
      <div className="grid grid-cols-3 gap-3">
        <TextField
          label="Goods in €"
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          error={subtotalMinor === undefined ? 'An amount.' : undefined}
        />
        <TextField
          label="Weight in kg"
          inputMode="decimal"
          autoComplete="off"
          value={kilograms}
          onChange={(event) => setKilograms(event.target.value)}
          error={hundredths === undefined ? 'A weight.' : undefined}
        />
        <TextField
          label="To country"
          autoComplete="off"
          maxLength={2}
          value={country}
          onChange={(event) => setCountry(event.target.value.toUpperCase())}
          error={isCountry ? undefined : 'Two letters.'}
        />
      </div>
      <div aria-live="polite" className="mt-4 text-sm">
        {preview.error && <ProblemNotice title="That could not be worked out" error={preview.error} />}
        {preview.data?.undeliverable && <p>{preview.data.undeliverable}</p>}
        <ul className="divide-y divide-line">
          {preview.data?.options.map((option) => (
            <li key={option.code} className="flex flex-wrap justify-between gap-x-4 py-2">
              <span>
                {option.name}, delivery {moneyText(option.shipping)}
              </span>
              <span className="figures">
                <strong className="font-medium">{moneyText(option.total)}</strong>{' '}
                {preview.data.pricesIncludeTax ? 'with' : 'plus'} {moneyText(option.tax)} tax
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}
