'use client'

import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useId } from 'react'
import { countText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useOrderWrites } from './use-order-writes.ts'

const carriers = [
  'DHL',
  'DPD',
  'GLS',
  'UPS',
  'FedEx',
  'Hermes',
  'PostNL',
  'La Poste',
  'Royal Mail',
  'An Post',
]

export function ShipDialog({
  order,
  isOpen,
  onOpenChange,
}: {
  order: Order
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const toast = useToast()
  const carriersId = useId()
  const { changeStatus } = useOrderWrites((shipped) => {
    onOpenChange(false)
    toast({ text: `Order ${shipped.number} is shipped. The customer is told by e-mail.` })
  })
  const pieces = order.items.reduce((sum, item) => sum + item.quantity, 0)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (changeStatus.isPending) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim() || undefined
    changeStatus.mutate({
      id: order.id,
      status: 'shipped',
      carrier: text('carrier'),
      trackingNumber: text('trackingNumber'),
      note: text('note'),
    })
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Ship order ${order.number}`}
      description={`${countText(pieces, 'piece', 'pieces')} to ${order.shippingAddress.name}, ${order.shippingAddress.city}. The customer gets an e-mail.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {changeStatus.error && <ProblemNotice title="The order was not shipped" error={changeStatus.error} />}
        <TextField
          label="Carrier"
          name="carrier"
          isOptional
          maxLength={80}
          list={carriersId}
          autoComplete="off"
        />
        <datalist id={carriersId}>
          {carriers.map((carrier) => (
            <option key={carrier} value={carrier} />
          ))}
        </datalist>
        <TextField
          label="Tracking number"
          name="trackingNumber"
          isOptional
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          hint="Without it the customer cannot follow the parcel."
        />
        <TextField label="Note in the timeline" name="note" isOptional maxLength={500} autoComplete="off" />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={() => onOpenChange(false)}>
            Not yet
          </Button>
          <Button type="submit" size="small" isLoading={changeStatus.isPending}>
            Ship {countText(pieces, 'item', 'items')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
