'use client'

import type { ReturnDetail } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { FieldError } from '@souk/ui/field'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { readArrival } from './arrival.ts'
import { useReturnWrites } from './use-return-writes.ts'

/** What arrived, and for each piece whether it is sold again. */
export function ReceiveDialog({ detail, onClose }: { detail: ReturnDetail; onClose: () => void }) {
  const toast = useToast()
  const [error, setError] = useState<string>()
  const { receive } = useReturnWrites((changed) => {
    const next =
      changed.exchange?.state === 'started' || changed.exchange?.state === 'placed'
        ? 'What is sent instead is on its way.'
        : 'Refund it when you are ready.'
    toast({ text: `The goods of return ${changed.number} are in. ${next}` })
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (receive.isPending) return
    const form = new FormData(event.currentTarget)
    const read = readArrival(detail.lines, (name) => String(form.get(name) ?? ''))
    setError(read.status === 'ok' ? undefined : read.message)
    if (read.status === 'ok') receive.mutate({ id: detail.id, lines: read.lines })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Goods of return ${detail.number}`}
      description="What goes back on sale is in stock again at once. What is written off is not."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {receive.error && <ProblemNotice title="The goods were not taken in" error={receive.error} />}
        {detail.lines.map((line) => (
          <fieldset key={line.sku} className="grid grid-cols-2 gap-3">
            <legend className="mb-2 text-sm">
              <span className="font-medium">{line.name}</span>{' '}
              <span className="text-ink-soft">
                {[line.optionsLabel, `${line.quantity} announced`].filter(Boolean).join(', ')}
              </span>
            </legend>
            <TextField
              label="Back on sale"
              name={`restock ${line.sku}`}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={String(line.quantity)}
              className="figures"
            />
            <TextField
              label="Written off"
              name={`write_off ${line.sku}`}
              inputMode="numeric"
              autoComplete="off"
              defaultValue="0"
              className="figures"
            />
          </fieldset>
        ))}
        {error && <FieldError>{error}</FieldError>}
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" size="small" isLoading={receive.isPending}>
            Take the goods in
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
