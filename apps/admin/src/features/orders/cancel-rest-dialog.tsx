'use client'

import { newId } from '@souk/kernel/id'
import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextAreaField } from '@souk/ui/text-area-field'
import { useToast } from '@souk/ui/toast'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { leftToShip } from './parcel-rules.ts'
import { useOrderWrites } from './use-order-writes.ts'

/** Cancels what no parcel has taken yet; what that makes of the order is shown before anything is written. */
export function CancelRestDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const api = useApi()
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, is one cancellation.
  const [editId] = useState(newId)
  const preview = useQuery(api.admin.order.previewRest.queryOptions({ id: order.id }, { retry: false }))
  const { cancelRest } = useOrderWrites((changed) => {
    onClose()
    toast({ text: `The rest of order ${changed.number} is cancelled. The customer is told by e-mail.` })
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (cancelRest.isPending || !preview.data) return
    const reason = String(new FormData(event.currentTarget).get('reason')).trim() || undefined
    cancelRest.mutate({ id: order.id, editId, reason, expectedTotal: preview.data.totals.total })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Cancel the rest of order ${order.number}?`}
      description="What has not left goes back on sale and its money back to the customer. The order is complete with the parcels that have left. This cannot be undone."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {cancelRest.error && <ProblemNotice title="The rest was not cancelled" error={cancelRest.error} />}
        {preview.error && <ProblemNotice title="The rest cannot be cancelled" error={preview.error} />}
        <ul aria-label="Not sent" className="divide-y divide-line rounded-control border border-edge text-sm">
          {leftToShip(order).map(({ sku, quantity, name, optionsLabel }) => (
            <li key={sku} className="px-3 py-2">
              {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}
            </li>
          ))}
        </ul>
        <p role="status" className="figures text-sm">
          {preview.data
            ? `New total ${moneyText(preview.data.totals.total)} instead of ${moneyText(order.totals.total)}: ${moneyText(preview.data.refund)} less.`
            : `Total ${moneyText(order.totals.total)}`}
        </p>
        <TextAreaField label="Note in the timeline" name="reason" rows={2} maxLength={300} isOptional />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Keep the rest
          </Button>
          <Button
            type="submit"
            variant="danger"
            size="small"
            isLoading={cancelRest.isPending}
            disabledReason={preview.error ? 'The rest cannot be cancelled' : undefined}
          >
            Cancel the rest
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
