import type { Sql } from '@souk/db/connect'
import type { z } from 'zod'
import type { Shipment, TimelineEntry } from '../contract.ts'
import type { OrderEdit } from '../edit/edit.ts'
import { findEditsOf } from '../edit/edit-store.ts'
import { findFollowUpsAround, type StoriedFollowUp } from '../follow-up/follow-up-store.ts'
import type { Return } from '../return/return.ts'
import { findReturnsOf } from '../return/return-store.ts'

export type Story = {
  /** When it was read. */
  at: Date
  timeline: z.infer<typeof TimelineEntry>[]
  shipments: Shipment[]
  returns: Return[]
  edits: OrderEdit[]
  /** Orders that follow from this one, and the one it is itself. */
  followUps: StoriedFollowUp[]
}

type StoryRow = {
  at: Date
  timeline: Story['timeline'] | null
  shipments: Story['shipments'] | null
  has_returns: boolean
  has_edits: boolean
  has_follow_ups: boolean
}

/**
 * What happened to an order, the parcels it went in and what of it came back. Most orders have no more than a
 * timeline and parcels, so only those that have are asked for the rest.
 */
export async function loadStory(sql: Sql, orderId: string): Promise<Story> {
  const [row] = await sql.query<StoryRow>(
    `select now() as at,
       (select json_agg(json_build_object('type', h.type, 'actor', h.actor, 'note', h.note, 'at', h.at) order by h.at, h.id)
        from order_history h where h.order_id = $1) as timeline,
       (select json_agg(json_build_object('id', s.id, 'carrier', s.carrier, 'trackingNumber', s.tracking_number,
          'shippedAt', s.shipped_at, 'deliveredAt', s.delivered_at, 'returnableUntil', s.return_until, 'lines', coalesce((
            select json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity) order by line.position)
            from shipment_line l join order_line line using (order_id, sku) where l.shipment_id = s.id), '[]'::json))
          order by s.shipped_at, s.id)
        from shipment s where s.order_id = $1) as shipments,
       exists (select from return_request where order_id = $1) as has_returns,
       exists (select from order_edit where order_id = $1) as has_edits,
       exists (select from follow_up where origin_id = $1 or order_id = $1) as has_follow_ups`,
    [orderId],
    'order-story',
  )
  return {
    at: row?.at ?? new Date(),
    returns: row?.has_returns ? await findReturnsOf(sql, orderId) : [],
    edits: row?.has_edits ? await findEditsOf(sql, orderId) : [],
    followUps: row?.has_follow_ups ? await findFollowUpsAround(sql, orderId) : [],
    timeline: (row?.timeline ?? []).map((entry) => ({ ...entry, at: utc(entry.at) })),
    shipments: (row?.shipments ?? []).map((parcel) => ({
      ...parcel,
      shippedAt: utc(parcel.shippedAt),
      deliveredAt: utcOrNull(parcel.deliveredAt),
      returnableUntil: utcOrNull(parcel.returnableUntil),
    })),
  }
}

function utcOrNull(time: string | null): string | null {
  return time === null ? null : utc(time)
}

function utc(time: string): string {
  return new Date(time).toISOString()
}
