'use client'

import { countries } from '@souk/kernel/countries'
import type { Draft } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { SelectField } from '@souk/ui/select-field'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { DraftLines } from './draft-lines.tsx'
import { type DraftValues, readValues, valuesOf } from './draft-values.ts'

const noErrors: ReadonlyMap<string, string> = new Map()

/** The form of a draft. Prices and totals are worked out by the shop when it is saved. */
export function DraftEditor({
  draft,
  initial,
  onSaved,
  onDirty,
}: {
  draft: { id: string; version: number }
  initial: DraftValues
  onSaved: (draft: Draft) => void
  onDirty: () => void
}) {
  const api = useApi()
  const queries = useQueryClient()
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState(noErrors)
  // What this form began with: a draft that somebody else saved meanwhile must not be written over.
  const [version, setVersion] = useState(draft.version)
  const save = useMutation(
    api.admin.draft.save.mutationOptions({
      onSuccess: (saved) => {
        setVersion(saved.version)
        setValues({ ...valuesOf(saved), validDays: values.validDays })
        queries.setQueryData(api.admin.draft.get.queryKey({ id: saved.id }), saved)
        void queries.invalidateQueries(api.admin.draft.list.pathFilter())
        onSaved(saved)
      },
    }),
  )
  const methods = useShippingMethods(values)
  const change = (part: Partial<DraftValues>) => {
    setValues({ ...values, ...part })
    setErrors(noErrors)
    onDirty()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readValues(values, { id: draft.id, version })
    setErrors(read.status === 'wrong' ? read.errors : noErrors)
    if (read.status === 'ok' && !save.isPending) save.mutate(read.input)
  }
  const field = (name: keyof DraftValues & string, path: string) => ({
    name,
    value: String(values[name]),
    error: errors.get(path),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  return (
    <form onSubmit={submit} noValidate className="flex min-w-0 flex-col gap-4">
      {save.error && <ProblemNotice title="The draft was not saved" error={save.error} />}
      <DraftLines lines={values.lines} errors={errors} onLines={(lines) => change({ lines })} />
      <Panel title="Customer and delivery">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="E-mail" type="email" autoComplete="off" {...field('email', 'email')} />
          <TextField label="Full name" autoComplete="off" {...field('name', 'shippingAddress.name')} />
          <TextField
            label="Street and house number"
            autoComplete="off"
            {...field('line1', 'shippingAddress.line1')}
          />
          <TextField
            label="More about the address"
            autoComplete="off"
            isOptional
            {...field('line2', 'shippingAddress.line2')}
          />
          <TextField
            label="Postal code"
            autoComplete="off"
            {...field('postalCode', 'shippingAddress.postalCode')}
          />
          <TextField label="Town or city" autoComplete="off" {...field('city', 'shippingAddress.city')} />
          <SelectField label="Country" options={countries} {...field('country', 'shippingAddress.country')} />
          <SelectField label="Shipping" options={methods} {...field('shippingMethod', 'shippingMethod')} />
        </div>
      </Panel>
      <Panel title="Terms">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Discount in €"
            inputMode="decimal"
            autoComplete="off"
            isOptional
            className="figures"
            {...field('discount', 'discount')}
          />
          <TextField
            label="Good for, in days"
            inputMode="numeric"
            autoComplete="off"
            className="figures"
            {...field('validDays', 'validDays')}
          />
          <TextAreaField
            label="Note to the customer"
            rows={2}
            maxLength={500}
            isOptional
            fieldClassName="sm:col-span-2"
            {...field('note', 'note')}
          />
        </div>
      </Panel>
      <div>
        <Button type="submit" isLoading={save.isPending}>
          Save the draft
        </Button>
      </div>
    </form>
  )
}

/** The methods for the goods and the country as they stand; the chosen one stays in the list. */
function useShippingMethods({ lines, country, shippingMethod }: DraftValues) {
  const api = useApi()
  const items = lines
    .map(({ sku, quantity }) => ({ sku, quantity: Number(quantity) }))
    .filter(({ quantity }) => Number.isInteger(quantity) && quantity >= 1 && quantity <= 999)
  const to = country.trim().toUpperCase()
  const quote = useQuery(
    api.checkout.quote.queryOptions(
      { items, country: to },
      { enabled: items.length > 0 && /^[A-Z]{2}$/.test(to), retry: false },
    ),
  )
  const known = (quote.data?.shippingMethods ?? []).map(({ code, name }) => ({ value: code, label: name }))
  const isKnown = shippingMethod === '' || known.some(({ value }) => value === shippingMethod)
  return [
    { value: '', label: 'The first that fits' },
    ...known,
    ...(isKnown ? [] : [{ value: shippingMethod, label: shippingMethod }]),
  ]
}
