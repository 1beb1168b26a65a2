'use client'

import type { Order, Shipment } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { useToast } from '@souk/ui/toast'
import type { FormEvent } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { TrackingFields } from './tracking-fields.tsx'
import { useOrderWrites } from './use-order-writes.ts'

export function TrackingDialog({
  order,
  parcel,
  number,
  onClose,
}: {
  order: Order
  parcel: Shipment
  number: number
  onClose: () => void
}) {
  const toast = useToast()
  const { correctShipment } = useOrderWrites(() => {
    toast({ text: `The tracking of parcel ${number} is corrected. The customer is told by e-mail.` })
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (correctShipment.isPending) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim() || undefined
    correctShipment.mutate({
      id: order.id,
      shipmentId: parcel.id,
      carrier: text('carrier'),
      trackingNumber: text('trackingNumber'),
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Tracking of parcel ${number}`}
      description="The customer gets another e-mail with what you write here."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {correctShipment.error && (
          <ProblemNotice title="The tracking was not changed" error={correctShipment.error} />
        )}
        <TrackingFields carrier={parcel.carrier} trackingNumber={parcel.trackingNumber} />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Leave it
          </Button>
          <Button type="submit" size="small" isLoading={correctShipment.isPending}>
            Correct tracking
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
