import type { Disposition, FollowUpKind, FollowUpReason, RemovedPiece } from '../contract.ts'
import type { Draft } from '../draft/draft.ts'
import type { Added } from '../edit/edit.ts'

/** What an order tells the shop, before it is an event. */
export type Announcement =
  | {
      name:
        | 'order.placed'
        | 'order.payment_requested'
        | 'order.confirmed'
        | 'order.promise_kept'
        | 'order.processing'
        | 'order.delivered'
    }
  | { name: 'order.failed'; reason: string }
  | { name: 'order.cancelled'; reason: string; wasConfirmed: boolean }
  | { name: 'order.shipped'; parcel: SentParcel & { amountMinor: number; isComplete: boolean } }
  | { name: 'order.tracking_corrected'; parcel: SentParcel }
  | { name: 'order.parcel_delivered'; shipmentId: string }
  | { name: 'order.returned'; lines: Returned[]; isPartial: boolean; source?: ReturnSource }
  | { name: 'order.return_requested'; source: ReturnSource; lines: readonly Returned[] }
  | {
      name: 'order.return_approved' | 'order.return_declined'
      source: ReturnSource
      lines: readonly Returned[]
      answer: string | null
      exchange?: PromisedExchange
    }
  | {
      name: 'order.return_refunding' | 'order.return_refund_failed' | 'order.return_completed'
      source: ReturnSource
    }
  | {
      name: 'order.edited'
      editId: string
      removed: readonly RemovedPiece[]
      loweredMinor: number
      isRest?: boolean
      added?: Added | undefined
    }
  | {
      name: 'order.follow_up_offered'
      followUpId: string
      kind: FollowUpKind
      draft: Draft
      draftToken: string
      movedMinor: number
      toPayMinor: number
    }
  | {
      name: 'order.follow_up_over'
      followUpId: string
      kind: FollowUpKind
      isPlaced: boolean
      reason: FollowUpReason | null
    }
  | { name: 'order.edit_settled'; editId: string; problem: string | null; lastShareMinor?: number }
  | { name: 'order.refunded' }

/** What is held for the customer until the goods are back, and what it costs beyond what was paid for them. */
export type PromisedExchange = {
  lines: { sku: string; name: string; optionsLabel: string; quantity: number }[]
  toPayMinor: number
  backMinor: number
}

export type SentParcel = {
  id: string
  carrier: string | null
  trackingNumber: string | null
  lines: readonly { sku: string; quantity: number }[]
}

export type Returned = { sku: string; quantity: number; disposition?: Disposition }
/** The return that goods came back with, when there was one. */
export type ReturnSource = { returnId: string; returnNumber: string }
