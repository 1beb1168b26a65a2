'use client'

import { newId } from '@souk/kernel/id'
import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { countText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { hereOf, leftToShip } from './parcel-rules.ts'
import { TrackingFields } from './tracking-fields.tsx'
import { useOrderWrites } from './use-order-writes.ts'

/** What goes into one parcel: all that is left and there, or less when somebody takes pieces out. */
export function ShipDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, sends one parcel.
  const [shipmentId] = useState(newId)
  const left = leftToShip(order)
  const [taken, setTaken] = useState<Record<string, number>>({})
  const lines = left
    .map((item) => ({ sku: item.sku, quantity: Math.min(taken[item.sku] ?? hereOf(item), item.quantity) }))
    .filter(({ quantity }) => quantity > 0)
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const { ship } = useOrderWrites((changed) => {
    onClose()
    toast({
      text:
        changed.status === 'shipped'
          ? `Order ${changed.number} is shipped. The customer is told by e-mail.`
          : `A parcel of order ${changed.number} is on its way. The rest is still to be shipped.`,
    })
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (ship.isPending || pieces === 0) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim() || undefined
    ship.mutate({
      id: order.id,
      shipmentId,
      lines,
      carrier: text('carrier'),
      trackingNumber: text('trackingNumber'),
      note: text('note'),
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Ship order ${order.number}`}
      description={`To ${order.shippingAddress.name}, ${order.shippingAddress.city}. The customer gets an e-mail about this parcel.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {ship.error && <ProblemNotice title="The parcel was not sent" error={ship.error} />}
        <fieldset className="flex flex-col">
          <legend className="mb-1 font-medium text-sm">In this parcel</legend>
          <ul className="divide-y divide-line rounded-control border border-edge">
            {left.map((item) => (
              <li key={item.sku} className="flex items-center gap-3 px-3 py-2 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="block">{item.name}</span>
                  <span className="block text-dense text-ink-soft">
                    {[item.optionsLabel, `${item.quantity} left to ship`].filter(Boolean).join(' · ')}
                  </span>
                  {item.shipsLater > 0 && (
                    <span className="block text-dense text-warning">{item.shipsLater} not here yet</span>
                  )}
                </span>
                <QuantityStepper
                  label={`Pieces of ${item.name} in this parcel`}
                  value={taken[item.sku] ?? hereOf(item)}
                  min={0}
                  max={item.quantity}
                  onValueChange={(value) => setTaken((known) => ({ ...known, [item.sku]: value }))}
                />
              </li>
            ))}
          </ul>
        </fieldset>
        <TrackingFields />
        <TextField label="Note in the timeline" name="note" isOptional maxLength={500} autoComplete="off" />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button
            type="submit"
            size="small"
            isLoading={ship.isPending}
            disabledReason={pieces === 0 ? 'Put at least one piece into the parcel' : undefined}
          >
            Ship {countText(pieces, 'item', 'items')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
