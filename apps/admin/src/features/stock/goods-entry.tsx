'use client'

import { readSoukError } from '@souk/api/client-error'
import type { NamedLevel } from '@souk/api/stock-products'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useId, useRef, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { wholeNumber } from './whole-number.ts'

/**
 * One SKU and a number, by keyboard or scanner: Enter takes them over and the next SKU can be typed. A SKU
 * that nobody knows is refused here, while the box is still in the hand.
 */
export function GoodsEntry({
  quantityLabel,
  min,
  addLabel,
  isSending = false,
  onEnter,
}: {
  quantityLabel: string
  min: 0 | 1
  addLabel: string
  isSending?: boolean
  onEnter: (level: NamedLevel, quantity: number) => void
}) {
  const api = useApi()
  const queries = useQueryClient()
  const listId = useId()
  const skuField = useRef<HTMLInputElement>(null)
  const [sku, setSku] = useState('')
  const [quantity, setQuantity] = useState('')
  const [errors, setErrors] = useState<{ sku?: string; quantity?: string }>({})
  const typed = useDeferredValue(sku.trim())
  const suggestions = useQuery({
    ...api.admin.stock.list.queryOptions({ q: typed, limit: 12 }),
    enabled: typed.length >= 2 && typed.length <= 64,
    staleTime: 30_000,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const value = wholeNumber(quantity, min)
    const wanted = sku.trim()
    const wrong = {
      ...(wanted === '' || wanted.length > 64 ? { sku: 'Type or scan a SKU.' } : {}),
      ...(value === undefined ? { quantity: `A whole number from ${min} on.` } : {}),
    }
    setErrors(wrong)
    if (value === undefined || wrong.sku) return
    try {
      const options = { ...api.admin.stock.level.queryOptions({ sku: wanted }), staleTime: 0, retry: false }
      onEnter(await queries.fetchQuery(options), value)
      setSku('')
      setQuantity('')
      skuField.current?.focus()
    } catch (error) {
      const { code, message } = readSoukError(error)
      setErrors({ sku: code === 'NOT_FOUND' ? `There is no SKU ${wanted}.` : message })
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-start gap-3">
      <TextField
        label="SKU"
        ref={skuField}
        list={listId}
        value={sku}
        onChange={(event) => setSku(event.target.value)}
        error={errors.sku}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        className="font-mono"
        fieldClassName="min-w-0 flex-1 basis-56"
      />
      <datalist id={listId}>
        {suggestions.data?.items.map((level) => (
          <option key={level.sku} value={level.sku}>
            {level.product ? `${level.product.name} ${level.product.optionsLabel}` : level.sku}
          </option>
        ))}
      </datalist>
      <TextField
        label={quantityLabel}
        inputMode="numeric"
        autoComplete="off"
        value={quantity}
        onChange={(event) => setQuantity(event.target.value)}
        error={errors.quantity}
        className="figures"
        fieldClassName="w-32"
      />
      <Button type="submit" variant="secondary" size="small" isLoading={isSending} className="mt-6.5">
        {addLabel}
      </Button>
    </form>
  )
}
