'use client'

import { newId } from '@souk/kernel/id'
import type { Order, OrderEditPreview } from '@souk/order/contract'
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
import { EditAdditions } from './edit-additions.tsx'
import { type Addition, addedItems, paymentWords, remainingItems, whyNotThese } from './edit-rules.ts'
import { useOrderWrites } from './use-order-writes.ts'

/** Changes an order that has not left; what that makes of the money is shown before anything is written. */
export function EditDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const api = useApi()
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, is one edit.
  const [editId] = useState(newId)
  const [kept, setKept] = useState<Record<string, number>>({})
  const [additions, setAdditions] = useState<readonly Addition[]>([])
  const items = remainingItems(order, kept)
  const add = addedItems(order, kept, additions)
  const whyNot = whyNotThese(order, items, add)
  const preview = useQuery(
    api.admin.order.previewEdit.queryOptions(
      { id: order.id, items, add },
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
    const { totals, added } = preview.data
    edit.mutate({
      id: order.id,
      editId,
      items,
      add,
      note,
      expectedTotal: totals.total,
      ...(added ? { expectedToPay: added.toPay } : {}),
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Edit order ${order.number}`}
      description="Take out what the customer does not want, raise quantities or add something else. What is added becomes an order of its own that this one pays for as far as it can."
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
                  max={999}
                  onValueChange={(value) => setKept((known) => ({ ...known, [sku]: value }))}
                />
              </li>
            ))}
          </ul>
        </fieldset>
        <EditAdditions
          order={order}
          additions={additions}
          onAdditions={setAdditions}
          onMore={(sku) =>
            setKept((known) => ({
              ...known,
              [sku]: (known[sku] ?? order.items.find((item) => item.sku === sku)?.quantity ?? 0) + 1,
            }))
          }
        />
        <div role="status" className="figures text-sm">
          <p>
            {whyNot === undefined && isKnown
              ? totalWords(order, preview.data)
              : `Total ${moneyText(order.totals.total)}`}
          </p>
          {whyNot === undefined && isKnown && <p>{paymentWords(preview.data)}</p>}
        </div>
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

function totalWords(order: Order, { totals, added, refund }: OrderEditPreview): string {
  const before = moneyText(order.totals.total)
  if (totals.total.amount === order.totals.total.amount && added) return `Total ${before}, as before.`
  const change = `New total ${moneyText(totals.total)} instead of ${before}`
  return added ? `${change}.` : `${change}: ${moneyText(refund)} less.`
}
