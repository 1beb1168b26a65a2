'use client'

import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { FieldError } from '@souk/ui/field'
import { RadioGroup } from '@souk/ui/radio-group'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { readReturn } from './return-rules.ts'
import { useOrderWrites } from './use-order-writes.ts'

const extents = [
  { value: 'all', label: 'Everything that is still out' },
  { value: 'some', label: 'Some pieces' },
]

/** Goods that came back go on sale again; the money is given back by a refund, which is a step of its own. */
export function ReturnDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const toast = useToast()
  const [extent, setExtent] = useState('all')
  const [error, setError] = useState<string>()
  const { changeStatus } = useOrderWrites((changed) => {
    toast({ text: `The return of order ${changed.number} is in. Refund it when you are ready.` })
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (changeStatus.isPending) return
    const form = new FormData(event.currentTarget)
    const note = String(form.get('note')).trim() || undefined
    if (extent === 'all') {
      changeStatus.mutate({ id: order.id, status: 'returned', note })
      return
    }
    const read = readReturn(order.items, (sku) => String(form.get(`quantity-${sku}`)))
    setError(read.status === 'ok' ? undefined : read.message)
    if (read.status === 'ok') {
      changeStatus.mutate({ id: order.id, status: 'partially_returned', lines: read.lines, note })
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Return of order ${order.number}`}
      description="What came back goes on sale again. Money is not moved by this; refund it afterwards."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {changeStatus.error && (
          <ProblemNotice title="The return was not taken in" error={changeStatus.error} />
        )}
        <RadioGroup
          legend="What came back"
          name="extent"
          options={extents}
          value={extent}
          onValueChange={setExtent}
        />
        {extent === 'some' && (
          <fieldset className="flex flex-col gap-3">
            <legend className="sr-only">Pieces that came back</legend>
            {order.items.map((item) => (
              <TextField
                key={item.sku}
                label={`${item.name}${item.optionsLabel ? `, ${item.optionsLabel}` : ''}`}
                name={`quantity-${item.sku}`}
                hint={`Of ${item.quantity} sold`}
                inputMode="numeric"
                autoComplete="off"
                defaultValue="0"
                className="figures"
              />
            ))}
            {error && <FieldError>{error}</FieldError>}
          </fieldset>
        )}
        <TextField label="Note in the timeline" name="note" isOptional maxLength={500} autoComplete="off" />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" size="small" isLoading={changeStatus.isPending}>
            Take the return in
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
