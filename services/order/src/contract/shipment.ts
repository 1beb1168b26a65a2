import { Id } from '@souk/kernel/id'
import { z } from 'zod'

const Carrier = z.string().trim().min(1).max(80)
const TrackingNumber = z.string().trim().min(1).max(120)
const Note = z.string().trim().min(1).max(500)
const ParcelLine = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1).max(999),
})

/** One parcel of an order. */
export const Shipment = z.object({
  id: Id,
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  shippedAt: z.string(),
  deliveredAt: z.string().nullable(),
  /** Until when the customer may ask to return what was in it; known from its delivery on. */
  returnableUntil: z.string().nullable(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
})
export type Shipment = z.infer<typeof Shipment>

/** The parcel's id is chosen by the caller; a repeat finds the same parcel. Without lines all that is left goes. */
export const ShipOrder = z.strictObject({
  id: Id,
  shipmentId: Id,
  lines: z.array(ParcelLine).min(1).max(100).optional(),
  carrier: Carrier.optional(),
  trackingNumber: TrackingNumber.optional(),
  note: Note.optional(),
})
export type ShipOrder = z.output<typeof ShipOrder>

/** What is left out becomes unknown again. */
export const CorrectShipment = z.strictObject({
  id: Id,
  shipmentId: Id,
  carrier: Carrier.optional(),
  trackingNumber: TrackingNumber.optional(),
})
export type CorrectShipment = z.output<typeof CorrectShipment>

export const DeliverShipment = z.strictObject({ id: Id, shipmentId: Id, note: Note.optional() })
export type DeliverShipment = z.output<typeof DeliverShipment>
