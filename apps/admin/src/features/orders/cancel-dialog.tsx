'use client'

import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextAreaField } from '@souk/ui/text-area-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useOrderWrites } from './use-order-writes.ts'

export function CancelDialog({
  order,
  isOpen,
  onOpenChange,
}: {
  order: Order
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const toast = useToast()
  const [error, setError] = useState<string>()
  const { cancel } = useOrderWrites((cancelled) => {
    onOpenChange(false)
    toast({ text: `Order ${cancelled.number} is cancelled` })
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    setError(reason ? undefined : 'Say why; the customer reads it.')
    if (reason && !cancel.isPending) cancel.mutate({ id: order.id, reason })
  }
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={`Cancel order ${order.number}?`}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {cancel.error && <ProblemNotice title="The order was not cancelled" error={cancel.error} />}
        <p className="text-sm">
          The stock goes back on sale, and what was paid of {moneyText(order.totals.total)} is given back.
          This cannot be undone.
        </p>
        <TextAreaField
          label="Reason"
          name="reason"
          rows={2}
          maxLength={300}
          error={error}
          onChange={() => setError(undefined)}
          hint="The customer reads it in the e-mail and on the order page."
        />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={() => onOpenChange(false)}>
            Keep the order
          </Button>
          <Button type="submit" variant="danger" size="small" isLoading={cancel.isPending}>
            Cancel the order
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
