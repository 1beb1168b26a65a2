import type { Order } from '@souk/order/contract'
import { Status } from '@souk/ui/badge'
import { LocalTime } from '../../local-time.tsx'

/** What is in which parcel and how to follow it, as soon as one has left. */
export function OrderParcels({ order }: { order: Order }) {
  const { shipments, items } = order
  if (shipments.length === 0) return null
  const isPart = items.some((item) => item.shippedQuantity < item.quantity)
  const nameOf = (sku: string) => items.find((item) => item.sku === sku)?.name ?? sku
  return (
    <section aria-labelledby="order-parcels">
      <h2 id="order-parcels" className="display mb-4 text-xl">
        {shipments.length === 1 && !isPart ? 'Parcel' : 'Parcels'}
      </h2>
      <ol aria-label="Parcels" className="divide-y divide-line border-line border-y">
        {shipments.map((parcel, index) => (
          <li key={parcel.id} className="flex flex-col gap-1 py-4">
            <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <p className="font-medium">
                {shipments.length === 1 && !isPart ? 'Your parcel' : `Parcel ${index + 1}`}
              </p>
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
            {(parcel.carrier || parcel.trackingNumber) && (
              <p className="break-words">
                {[parcel.carrier, parcel.trackingNumber].filter(Boolean).join(', ')}
              </p>
            )}
            <p className="text-ink-soft text-sm">
              {parcel.deliveredAt ? (
                <>
                  Delivered <LocalTime at={parcel.deliveredAt} />
                  {shipments.length > 1 && parcel.returnableUntil && (
                    <>
                      , returns until <LocalTime at={parcel.returnableUntil} style="date" />
                    </>
                  )}
                </>
              ) : (
                <>
                  Sent <LocalTime at={parcel.shippedAt} />
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      {isPart && order.status === 'processing' && (
        <p className="mt-3 text-ink-soft">The rest follows in another parcel.</p>
      )}
    </section>
  )
}
