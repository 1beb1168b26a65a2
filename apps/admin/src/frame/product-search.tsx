'use client'

import type { Money } from '@souk/kernel/money'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useApi } from '../data/api.tsx'
import { moneyText } from './format.ts'
import { ProblemNotice } from './problem-notice.tsx'

export type FoundVariant = { sku: string; name: string; optionsLabel: string; price: Money }

/** Finds products by name and adds one of their variants. */
export function ProductSearch({ onAdd }: { onAdd: (found: FoundVariant) => void }) {
  const api = useApi()
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const found = useQuery({
    ...api.admin.product.list.queryOptions({ q, limit: 6 }, { enabled: q !== '' }),
    placeholderData: keepPreviousData,
  })
  const variants = (q === '' ? [] : (found.data?.items ?? [])).flatMap((product) =>
    product.variants.map((variant) => ({ product, variant })),
  )
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Add a product"
        type="search"
        autoComplete="off"
        placeholder="Name of the product"
        maxLength={120}
        isOptional
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      {found.error && <ProblemNotice title="The search does not answer" error={found.error} />}
      {q !== '' && found.data && variants.length === 0 && (
        <p className="text-ink-soft text-sm">No product has this name.</p>
      )}
      {variants.length > 0 && (
        <ul aria-label="Products found" className="divide-y divide-line border-line border-y">
          {variants.map(({ product, variant }) => (
            <li key={variant.sku} className="flex items-center gap-3 py-2 text-sm">
              <span className="min-w-0 flex-1">
                {product.name}
                <span className="block text-dense text-ink-soft">
                  {variant.optionsLabel} · {variant.sku}
                  {variant.available ? '' : ' · sold out'}
                </span>
              </span>
              <span className="figures">{moneyText(variant.price)}</span>
              <Button
                variant="secondary"
                size="small"
                onClick={() => {
                  setText('')
                  onAdd({
                    sku: variant.sku,
                    name: product.name,
                    optionsLabel: variant.optionsLabel,
                    price: variant.price,
                  })
                }}
              >
                Add<span className="sr-only"> {`${product.name} ${variant.optionsLabel}`}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
