import { money } from '@souk/kernel/money'
import type { DraftSummary, Draft as DraftView, OfferedDraft } from '../contract.ts'
import { toTotals } from '../pricing/quote-order.ts'
import { type Draft, draftState } from './draft.ts'

export function viewDraft(draft: Draft, now: Date): DraftView {
  return {
    id: draft.id,
    number: draft.number,
    state: draftState(draft, now),
    email: draft.email,
    shippingAddress: draft.shippingAddress,
    shippingMethod: draft.shippingMethod,
    lines: draft.lines.map((line) => ({
      sku: line.sku,
      productSlug: line.productSlug,
      name: line.name,
      optionsLabel: line.optionsLabel,
      imageUrl: line.imageUrl,
      quantity: line.quantity,
      unitPrice: money(line.unitPriceMinor, draft.currency),
      total: money(line.unitPriceMinor * line.quantity, draft.currency),
      isCustomPrice: line.pricedBy !== null,
      pricedBy: line.pricedBy,
    })),
    totals: toTotals(draft.price),
    note: draft.note,
    expiresAt: draft.expiresAt.toISOString(),
    followUp: draft.followUp && {
      kind: draft.followUp.kind,
      orderId: draft.followUp.originId,
      orderNumber: draft.followUp.originNumber,
      moved: money(draft.followUp.movesMinor, draft.currency),
      toPay: money(draft.price.totalMinor - draft.followUp.movesMinor, draft.currency),
    },
    orderId: draftState(draft, now) === 'ordered' ? draft.orderId : null,
    version: draft.version,
    sentAt: draft.sentAt?.toISOString() ?? null,
    createdBy: draft.createdBy,
    updatedBy: draft.updatedBy,
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
  }
}

/** Without who worked on it. */
export function viewOffer(draft: Draft, now: Date): OfferedDraft {
  const { version, sentAt, createdBy, updatedBy, createdAt, updatedAt, lines, ...offer } = viewDraft(
    draft,
    now,
  )
  return { ...offer, lines: lines.map(({ pricedBy, ...line }) => line) }
}

export function summarizeDraft(draft: Draft, now: Date): DraftSummary {
  const view = viewDraft(draft, now)
  return {
    id: view.id,
    number: view.number,
    state: view.state,
    email: view.email,
    customerName: draft.shippingAddress.name,
    total: view.totals.total,
    itemCount: draft.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    expiresAt: view.expiresAt,
    updatedAt: view.updatedAt,
    orderId: view.orderId,
  }
}
