import { type NewEvent, shopEvent } from '@souk/events/record'
import type { Added } from '../edit/edit.ts'
import { promisedPieces, stillToCome } from '../promise/promise.ts'
import type { Announcement } from './announcement.ts'
import type { Order } from './order.ts'
import { orderToken } from './order-token.ts'

/** The events of a change, with versions that follow on from the order's. */
export function eventsOf(order: Order, announces: readonly Announcement[], tokenSecret: string): NewEvent[] {
  return announces.map((announcement, index) =>
    toEvent(order, announcement, order.version + index + 1, tokenSecret),
  )
}

function toEvent(order: Order, announcement: Announcement, version: number, tokenSecret: string): NewEvent {
  const ref = { orderId: order.id, number: order.number, userId: order.userId }
  switch (announcement.name) {
    case 'order.placed':
      return shopEvent('order.placed', order.id, version, {
        ...ref,
        totals: totalsOf(order),
        lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      })
    case 'order.confirmed':
      return shopEvent('order.confirmed', order.id, version, withLater(order, forMail(order, tokenSecret)))
    case 'order.promise_kept':
      return shopEvent(
        'order.promise_kept',
        order.id,
        version,
        forMail(order, tokenSecret, promisedPieces(order)),
      )
    case 'order.cancelled':
      return shopEvent('order.cancelled', order.id, version, {
        ...forMail(order, tokenSecret),
        reason: announcement.reason,
        wasConfirmed: announcement.wasConfirmed,
        paymentId: order.paymentId,
      })
    case 'order.shipped':
      return shopEvent('order.shipped', order.id, version, {
        ...forMail(order, tokenSecret, announcement.parcel.lines),
        shipmentId: announcement.parcel.id,
        carrier: announcement.parcel.carrier,
        trackingNumber: announcement.parcel.trackingNumber,
        amountMinor: announcement.parcel.amountMinor,
        isComplete: announcement.parcel.isComplete,
      })
    case 'order.tracking_corrected':
      return shopEvent('order.tracking_corrected', order.id, version, {
        ...forMail(order, tokenSecret, announcement.parcel.lines),
        shipmentId: announcement.parcel.id,
        carrier: announcement.parcel.carrier,
        trackingNumber: announcement.parcel.trackingNumber,
      })
    case 'order.parcel_delivered':
      return shopEvent('order.parcel_delivered', order.id, version, {
        ...ref,
        shipmentId: announcement.shipmentId,
      })
    case 'order.failed':
      return shopEvent('order.failed', order.id, version, {
        ...ref,
        reason: announcement.reason,
        paymentId: order.paymentId,
        contact: contactOf(order, tokenSecret),
      })
    case 'order.returned':
      return shopEvent('order.returned', order.id, version, {
        ...ref,
        lines: announcement.lines.map(({ sku, quantity, disposition = 'restock' }) => ({
          sku,
          quantity,
          disposition,
          name: order.lines.find((line) => line.sku === sku)?.name ?? sku,
        })),
        isPartial: announcement.isPartial,
        ...announcement.source,
      })
    case 'order.return_requested':
      return shopEvent('order.return_requested', order.id, version, {
        ...forMail(order, tokenSecret, announcement.lines),
        ...announcement.source,
      })
    case 'order.return_approved':
      return shopEvent('order.return_approved', order.id, version, {
        ...forMail(order, tokenSecret, announcement.lines),
        ...announcement.source,
        answer: announcement.answer,
        ...(announcement.exchange ? { exchange: announcement.exchange } : {}),
      })
    case 'order.return_declined':
      return shopEvent(announcement.name, order.id, version, {
        ...forMail(order, tokenSecret, announcement.lines),
        ...announcement.source,
        answer: announcement.answer,
      })
    case 'order.return_refunding':
    case 'order.return_refund_failed':
    case 'order.return_completed':
      return shopEvent(announcement.name, order.id, version, { ...ref, ...announcement.source })
    case 'order.edited':
      return shopEvent('order.edited', order.id, version, {
        ...forMail(order, tokenSecret),
        editId: announcement.editId,
        removed: [...announcement.removed],
        loweredMinor: announcement.loweredMinor,
        ...(announcement.isRest ? { isRest: true } : {}),
        ...(announcement.added ? { added: addedOf(announcement.added) } : {}),
      })
    case 'order.follow_up_offered': {
      const { draft } = announcement
      return shopEvent('order.follow_up_offered', order.id, version, {
        ...ref,
        ...contactOf(order, tokenSecret),
        followUpId: announcement.followUpId,
        kind: announcement.kind,
        draftId: draft.id,
        draftToken: announcement.draftToken,
        lines: draft.lines.map(({ sku, name, optionsLabel, imageUrl, quantity, unitPriceMinor }) => ({
          sku,
          name,
          optionsLabel,
          imageUrl,
          quantity,
          unitPriceMinor,
          totalMinor: unitPriceMinor * quantity,
        })),
        totalMinor: draft.price.totalMinor,
        movedMinor: announcement.movedMinor,
        toPayMinor: announcement.toPayMinor,
        currency: draft.currency,
        note: draft.note,
        expiresAt: draft.expiresAt.toISOString(),
      })
    }
    case 'order.follow_up_over':
      return shopEvent('order.follow_up_over', order.id, version, {
        ...ref,
        followUpId: announcement.followUpId,
        kind: announcement.kind,
        isPlaced: announcement.isPlaced,
        reason: announcement.reason,
      })
    case 'order.edit_settled':
      return shopEvent('order.edit_settled', order.id, version, {
        ...ref,
        editId: announcement.editId,
        problem: announcement.problem,
        lastShareMinor: announcement.lastShareMinor,
      })
    case 'order.refunded':
      return shopEvent('order.refunded', order.id, version, { ...ref, refundedMinor: order.refundedMinor })
    case 'order.payment_requested':
    case 'order.processing':
    case 'order.delivered':
      return shopEvent(announcement.name, order.id, version, ref)
  }
}

function addedOf({ pieces, movedMinor, toPayMinor, isCod }: Added) {
  return { pieces: [...pieces], movedMinor, toPayMinor, isCod }
}

type Pieces = readonly { sku: string; quantity: number }[]

/** With the lines of the order, or only those pieces of them. */
function forMail(order: Order, tokenSecret: string, pieces: Pieces = order.lines) {
  return {
    orderId: order.id,
    number: order.number,
    userId: order.userId,
    ...contactOf(order, tokenSecret),
    lines: order.lines.flatMap((line) => {
      const quantity = pieces.reduce((sum, piece) => sum + (piece.sku === line.sku ? piece.quantity : 0), 0)
      if (quantity === 0) return []
      return [
        {
          sku: line.sku,
          name: line.name,
          optionsLabel: line.optionsLabel,
          imageUrl: line.imageUrl,
          quantity,
          unitPriceMinor: line.unitPriceMinor,
          totalMinor: line.unitPriceMinor * quantity,
        },
      ]
    }),
    totals: totalsOf(order),
    shippingAddress: order.shippingAddress,
  }
}

/** With what the buyer is told of pieces that are not there yet. */
function withLater<Line extends { sku: string }, Mail extends { lines: Line[] }>(order: Order, mail: Mail) {
  return {
    ...mail,
    lines: mail.lines.map((line) => {
      const ordered = order.lines.find(({ sku }) => sku === line.sku)
      const later = ordered && stillToCome(order, ordered)
      return later && later.shipsLater > 0 ? { ...line, ...later } : line
    }),
  }
}

/** Whom mails about the order go to, with the key that opens a guest's order page. */
function contactOf(order: Order, tokenSecret: string) {
  return {
    email: order.email,
    customerName: order.customerName,
    accessToken: order.userId === null ? orderToken(order.id, tokenSecret) : null,
  }
}

function totalsOf(order: Order) {
  const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor, currency } = order
  return { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor, currency }
}
