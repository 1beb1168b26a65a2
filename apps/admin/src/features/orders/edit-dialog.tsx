'use client'

import { newId } from '@souk/kernel/id'
import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { remainingItems, whyNotThese } from './edit-rules.ts'
import { useOrderWrites } from './use-order-writes.ts'

/** Takes pieces out of an order; what that makes of the total is shown before anything is written. */
export function EditDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const api = useApi()
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, is one edit.
  const [editId] = useState(newId)
  const [kept, setKept] = useState<Record<string, number>>({})
  const items = remainingItems(order, kept)
  const whyNot = whyNotThese(order, items)
  const preview = useQuery(
    api.admin.order.previewEdit.queryOptions(
      { id: order.id, items },
      { enabled: whyNot === undefined, placeholderData: keepPreviousData, retry: false },
    ),
  )
  const { edit } = useOrderWrites((edited) => {
    onClose()
    toast({ text: `Order ${edited.number} is changed. The customer is told by e-mail.` })
  })
  const isKnown = preview.data !== undefined && !preview.isPlaceholderData && !preview.error
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (edit.isPending || whyNot !== undefined || !isKnown) return
    const note = String(new FormData(event.currentTarget).get('note')).trim() || undefined
    edit.mutate({ id: order.id, editId, items, note, expectedTotal: preview.data.totals.total })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Edit order ${order.number}`}
      description="Take out what the customer does not want. The pieces go back on sale, the difference back to the customer. To add something, make a draft order."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {edit.error && <ProblemNotice title="The order was not changed" error={edit.error} />}
        {preview.error && whyNot === undefined && (
          <ProblemNotice title="The order cannot be changed like this" error={preview.error} />
        )}
        <fieldset className="flex flex-col">
          <legend className="mb-1 font-medium text-sm">What stays in the order</legend>
          <ul className="divide-y divide-line rounded-control border border-edge">
            {order.items.map(({ sku, quantity, name, optionsLabel, unitPrice }) => (
              <li key={sku} className="flex items-center gap-3 px-3 py-2 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="block">{name}</span>
                  <span className="block text-dense text-ink-soft">
                    {[optionsLabel, `${quantity} ordered at ${moneyText(unitPrice)}`]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <QuantityStepper
                  label={`Pieces of ${name} that stay`}
                  value={kept[sku] ?? quantity}
                  min={0}
                  max={quantity}
                  onValueChange={(value) => setKept((known) => ({ ...known, [sku]: value }))}
                />
              </li>
            ))}
          </ul>
        </fieldset>
        <p role="status" className="figures text-sm">
          {whyNot === undefined && isKnown
            ? `New total ${moneyText(preview.data.totals.total)} instead of ${moneyText(order.totals.total)}: ${moneyText(preview.data.refund)} less.`
            : `Total ${moneyText(order.totals.total)}`}
        </p>
        <TextField label="Note in the timeline" name="note" isOptional maxLength={300} autoComplete="off" />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" size="small" isLoading={edit.isPending} disabledReason={whyNot}>
            Change the order
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
