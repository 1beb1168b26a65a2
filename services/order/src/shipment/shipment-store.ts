import type { Sql } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import type { NewParcel, Parcel, Tracking } from './shipment.ts'

/** Triggers add its lines and its share to what the order has sent, and refuse more than was ordered. */
export async function insertParcel(tx: Sql, orderId: string, parcel: NewParcel): Promise<void> {
  try {
    await tx.query(
      `with parcel as (
         insert into shipment (id, order_id, carrier, tracking_number, amount_minor) values ($1, $2, $3, $4, $5)
         returning id, order_id)
       insert into shipment_line (shipment_id, order_id, sku, quantity)
       select parcel.id, parcel.order_id, line.* from parcel, unnest($6::text[], $7::int[]) as line`,
      [
        parcel.id,
        orderId,
        parcel.carrier,
        parcel.trackingNumber,
        parcel.amountMinor,
        parcel.lines.map(({ sku }) => sku),
        parcel.lines.map(({ quantity }) => quantity),
      ],
      'shipment-insert',
    )
  } catch (error) {
    if (classifyDbError(error).kind !== 'unique') throw error
    throw new AppError('CONFLICT', 'This parcel’s id is taken. Use a new one.', {
      details: { reason: 'id_taken' },
    })
  }
}

type ParcelRow = {
  id: string
  carrier: string | null
  tracking_number: string | null
  delivered_at: Date | null
  lines: { sku: string; quantity: number }[] | null
}

export async function findParcel(tx: Sql, orderId: string, id: string): Promise<Parcel | undefined> {
  const [row] = await tx.query<ParcelRow>(
    `select s.id, s.carrier, s.tracking_number, s.delivered_at,
       (select json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity)) from shipment_line l
        where l.shipment_id = s.id) as lines
     from shipment s where s.order_id = $1 and s.id = $2`,
    [orderId, id],
    'shipment-find',
  )
  return (
    row && {
      id: row.id,
      carrier: row.carrier,
      trackingNumber: row.tracking_number,
      deliveredAt: row.delivered_at,
      lines: row.lines ?? [],
    }
  )
}

export async function setTracking(tx: Sql, id: string, { carrier, trackingNumber }: Tracking): Promise<void> {
  await tx.query('update shipment set carrier = $2, tracking_number = $3 where id = $1', [
    id,
    carrier,
    trackingNumber,
  ])
}

/** One parcel, or all of the order that are on their way; the time to return what is in it runs from now. */
export async function markDelivered(
  tx: Sql,
  orderId: string,
  id: string | null,
  returnDays: number,
): Promise<void> {
  await tx.query(
    'update orders set return_until = now() + make_interval(days => $2) where id = $1',
    [orderId, returnDays],
    'order-return-until',
  )
  await tx.query(
    `update shipment set delivered_at = now(), return_until = now() + make_interval(days => $3)
     where order_id = $1 and delivered_at is null and ($2::uuid is null or id = $2)`,
    [orderId, id, returnDays],
    'shipment-deliver',
  )
}
