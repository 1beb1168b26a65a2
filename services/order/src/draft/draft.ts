import type { Address } from '@souk/kernel/address'
import { AppError } from '@souk/kernel/errors'
import type { Currency } from '@souk/kernel/money'
import type { DraftState, FollowUpKind, OrderStatus } from '../contract.ts'
import type { Price } from '../pricing/price-order.ts'

/** The product is kept as it was quoted, so that what was agreed does not move with the catalogue. */
export type DraftLine = {
  sku: string
  productId: string
  productSlug: string
  name: string
  optionsLabel: string
  imageUrl: string | null
  taxClass: string
  categorySlug: string
  quantity: number
  unitPriceMinor: number
  /** Who set the price, when it is not the product's own. */
  pricedBy: string | null
}

export type Draft = {
  id: string
  number: string
  email: string
  shippingAddress: Address
  shippingMethod: { code: string; name: string }
  currency: Currency
  lines: DraftLine[]
  price: Price
  note: string | null
  version: number
  sends: number
  sentAt: Date | null
  expiresAt: Date
  discardedAt: Date | null
  orderId: string | null
  /** How the order it became stands now. */
  orderStatus: OrderStatus | null
  /** It belongs to an order that it adds to or exchanges goods of, and is changed there. */
  followUp: { kind: FollowUpKind; originId: string; originNumber: string; movesMinor: number } | null
  attempts: number
  createdBy: string
  updatedBy: string
  createdAt: Date
  updatedAt: Date
}

type Standing = Pick<Draft, 'orderId' | 'orderStatus' | 'discardedAt' | 'expiresAt' | 'sentAt'>

/** A refused payment leaves the draft as it was: it can be paid in another way. */
export function draftState(draft: Standing, now: Date): DraftState {
  if (draft.orderId !== null && draft.orderStatus !== 'failed') return 'ordered'
  if (draft.discardedAt) return 'discarded'
  if (draft.expiresAt <= now) return 'expired'
  return draft.sentAt ? 'sent' : 'open'
}

const whyNot: Record<'ordered' | 'discarded' | 'expired', string> = {
  ordered: 'This draft has been ordered.',
  discarded: 'This draft was withdrawn.',
  expired: 'This draft has expired.',
}

/** An expired draft can be edited, which gives it a new date; it cannot be ordered. */
export function requireOpen(draft: Standing, now: Date, options: { orExpired: boolean }): void {
  const state = draftState(draft, now)
  if (state === 'open' || state === 'sent' || (state === 'expired' && options.orExpired)) return
  throw new AppError('INVALID_STATE', whyNot[state], { details: { reason: `draft_${state}` } })
}

export function requireOwn({ followUp }: Pick<Draft, 'followUp'>): void {
  if (!followUp) return
  throw new AppError('INVALID_STATE', 'This belongs to another order and is changed or withdrawn there.', {
    details: { reason: 'draft_is_follow_up' },
  })
}
