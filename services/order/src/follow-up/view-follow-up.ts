import { type Currency, money } from '@souk/kernel/money'
import type { FollowUp as FollowUpView, Order as OrderView, Origin } from '../contract.ts'
import { draftToken } from '../draft/access.ts'
import { orderToken } from '../order/order-token.ts'
import { owedMinor } from './follow-up.ts'
import type { StoriedFollowUp } from './follow-up-store.ts'

/** Those that follow from the order. */
export function viewFollowUps(
  around: readonly StoriedFollowUp[],
  orderId: string,
  currency: Currency,
): FollowUpView[] {
  return around.filter(({ followUp }) => followUp.originId === orderId).map((each) => view(each, currency))
}

/** The order that it follows from itself. */
export function viewOrigin(around: readonly StoriedFollowUp[], orderId: string): Origin | null {
  const own = around.find(({ followUp }) => followUp.orderId === orderId)
  if (!own) return null
  return { orderId: own.followUp.originId, number: own.originNumber, kind: own.followUp.kind }
}

/** For whoever may see the order: the keys with which what follows can be paid, and seen by a guest. */
export function withKeys(view: OrderView, secret: string): OrderView {
  const followUps = view.followUps.map(({ payment, order, ...each }) => ({
    ...each,
    payment: payment && { ...payment, draftToken: draftToken(payment.draftId, secret) },
    order: order && { ...order, accessToken: view.userId === null ? orderToken(order.id, secret) : null },
  }))
  return { ...view, followUps }
}

function view({ followUp, lines, totalMinor, expiresAt, orderNumber }: StoriedFollowUp, currency: Currency) {
  const amount = (minor: number) => money(minor, currency)
  const { state, orderId } = followUp
  const order = orderNumber === null ? null : { id: orderId, number: orderNumber, accessToken: null }
  const toPayMinor = totalMinor - followUp.movesMinor
  const isPayable = state === 'started' && order === null && owedMinor(followUp, totalMinor) > 0
  return {
    id: followUp.id,
    kind: followUp.kind,
    state,
    reason: followUp.reason,
    lines: lines.map(({ sku, name, optionsLabel, quantity, unitPriceMinor }) => ({
      sku,
      name,
      optionsLabel,
      quantity,
      unitPrice: amount(unitPriceMinor),
      total: amount(unitPriceMinor * quantity),
    })),
    total: amount(totalMinor),
    moved: amount(followUp.movesMinor),
    toPay: amount(toPayMinor),
    isCod: followUp.isCod,
    payment: isPayable ? { draftId: followUp.draftId, draftToken: null } : null,
    expiresAt: expiresAt.toISOString(),
    order,
    createdAt: followUp.createdAt.toISOString(),
  }
}
