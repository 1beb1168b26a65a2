'use client'

import type { Order, Shipment } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useState } from 'react'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { TrackingDialog } from './tracking-dialog.tsx'
import { useOrderWrites } from './use-order-writes.ts'

/** The parcels of an order, with what is in each and where it is. */
export function ParcelsPanel({ order }: { order: Order }) {
  if (order.shipments.length === 0) return null
  return (
    <Panel title="Parcels" isFlush>
      <ol className="divide-y divide-line">
        {order.shipments.map((parcel, index) => (
          <Parcel key={parcel.id} order={order} parcel={parcel} number={index + 1} />
        ))}
      </ol>
    </Panel>
  )
}

function Parcel({ order, parcel, number }: { order: Order; parcel: Shipment; number: number }) {
  const toast = useToast()
  const [isCorrecting, setIsCorrecting] = useState(false)
  const { deliverShipment } = useOrderWrites(() => toast({ text: `Parcel ${number} is delivered` }))
  const nameOf = (sku: string) => order.items.find((item) => item.sku === sku)?.name ?? sku
  const tracking = [parcel.carrier, parcel.trackingNumber].filter(Boolean).join(', ')
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-sm">
      {deliverShipment.error && (
        <ProblemNotice title="The parcel was not changed" error={deliverShipment.error} />
      )}
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="font-medium">Parcel {number}</p>
        <Status tone={parcel.deliveredAt ? 'positive' : 'accent'}>
          {parcel.deliveredAt ? 'Delivered' : 'On its way'}
        </Status>
      </div>
      <ul className="text-ink-soft">
        {parcel.lines.map(({ sku, quantity }) => (
          <li key={sku}>
            {quantity} × {nameOf(sku)}
          </li>
        ))}
      </ul>
      <p>{tracking || <span className="text-ink-soft">No tracking</span>}</p>
      <p className="text-dense text-ink-soft">
        Sent <DateTime value={parcel.shippedAt} />
        {parcel.deliveredAt && (
          <>
            {' '}
            · delivered <DateTime value={parcel.deliveredAt} />
          </>
        )}
        {parcel.returnableUntil && (
          <>
            {' '}
            · returns until <DateTime value={parcel.returnableUntil} />
          </>
        )}
      </p>
      {!parcel.deliveredAt && (
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" size="small" onClick={() => setIsCorrecting(true)}>
            Correct tracking
            <span className="sr-only"> of parcel {number}</span>
          </Button>
          <Button
            variant="secondary"
            size="small"
            isLoading={deliverShipment.isPending}
            onClick={() => deliverShipment.mutate({ id: order.id, shipmentId: parcel.id })}
          >
            Parcel {number} arrived
          </Button>
        </div>
      )}
      {isCorrecting && (
        <TrackingDialog
          order={order}
          parcel={parcel}
          number={number}
          onClose={() => setIsCorrecting(false)}
        />
      )}
    </li>
  )
}
