'use client'

import { Id } from '@souk/kernel/id'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { type FormEvent, useState } from 'react'
import { useUrlQuery } from '../../frame/use-url-query.ts'

/** Exact filters, taken over together. Shows what the address says when that changes from outside. */
export function MovementFilters({ sku, orderId }: { sku: string; orderId: string }) {
  return <Fields key={`${sku} ${orderId}`} sku={sku} orderId={orderId} />
}

function Fields({ sku, orderId }: { sku: string; orderId: string }) {
  const { change } = useUrlQuery()
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const wanted = { sku: String(form.get('sku')).trim(), orderId: String(form.get('orderId')).trim() }
    const isRight = wanted.orderId === '' || Id.safeParse(wanted.orderId).success
    setError(isRight ? undefined : 'The id from the address of the order page.')
    if (isRight) change(wanted)
  }
  return (
    <search>
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3 pb-4">
        <TextField
          label="SKU"
          name="sku"
          isOptional
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          defaultValue={sku}
          fieldClassName="max-sm:w-full"
        />
        <TextField
          label="Order id"
          name="orderId"
          isOptional
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          defaultValue={orderId}
          error={error}
          fieldClassName="max-sm:w-full sm:w-88"
        />
        <div className="flex gap-3 sm:mt-6.5">
          <Button type="submit" variant="secondary" size="small">
            Filter
          </Button>
          {(sku || orderId) && (
            <Button
              variant="quiet"
              size="small"
              onClick={() => change({ sku: undefined, orderId: undefined })}
            >
              Show all
            </Button>
          )}
        </div>
      </form>
    </search>
  )
}
