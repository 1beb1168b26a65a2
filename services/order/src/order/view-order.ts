import { type Money, money } from '@souk/kernel/money'
import type { PaymentState } from '@souk/payment/contract'
import type { OrderItem, Order as OrderView, PlacedOrder } from '../contract.ts'
import { viewEdit } from '../edit/view-edit.ts'
import { viewFollowUps, viewOrigin } from '../follow-up/view-follow-up.ts'
import { stillToCome } from '../promise/promise.ts'
import { returnableOf } from '../return/returnable.ts'
import { viewOrderReturn } from '../return/view-return.ts'
import type { Order, OrderLine } from './order.ts'
import { orderToken } from './order-token.ts'
import type { Story } from './story-store.ts'

export function viewOrder(order: Order, story: Story): OrderView {
  const amount = (minor: number) => money(minor, order.currency)
  const returnable = returnableOf(order, story)
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    userId: order.userId,
    email: order.email,
    items: order.lines.map((line) => ({
      ...viewLine(line, returnable(line), amount),
      ...stillToCome(order, line),
    })),
    totals: viewTotals(order),
    taxLines: order.taxLines,
    promotions: order.promotions.map(({ amountMinor, ...promotion }) => ({
      ...promotion,
      amount: amount(amountMinor),
    })),
    refunded: amount(order.refundedMinor),
    shippingAddress: order.shippingAddress,
    shippingMethod: order.shippingMethod,
    payment: order.payment ?? paymentNotStarted(order),
    shipments: story.shipments,
    returns: story.returns.map((each) => viewOrderReturn(each, order.currency)),
    edits: story.edits.map((each) => viewEdit(each, order.currency)),
    followUps: viewFollowUps(story.followUps, order.id, order.currency),
    origin: viewOrigin(story.followUps, order.id),
    returnableUntil: order.returnUntil?.toISOString() ?? null,
    timeline: story.timeline,
    reason: order.reason,
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  }
}

export function viewTotals(order: Order): OrderView['totals'] {
  const amount = (minor: number) => money(minor, order.currency)
  return {
    subtotal: amount(order.subtotalMinor),
    discount: amount(order.discountMinor),
    shipping: amount(order.shippingMinor),
    tax: amount(order.taxMinor),
    total: amount(order.totalMinor),
    pricesIncludeTax: order.pricesIncludeTax,
  }
}

/** The order as its buyer gets it once: a guest with the key to it. */
export function viewPlacedOrder(order: Order, story: Story, tokenSecret: string): PlacedOrder {
  return {
    ...viewOrder(order, story),
    accessToken: order.userId === null ? orderToken(order.id, tokenSecret) : null,
  }
}

function viewLine(line: OrderLine, returnableQuantity: number, amount: (minor: number) => Money) {
  return {
    ...viewItem(line, amount),
    shippedQuantity: line.shippedQuantity,
    deliveredQuantity: line.deliveredQuantity,
    returnedQuantity: line.returnedQuantity,
    returnPendingQuantity: line.returnPendingQuantity,
    returnableQuantity,
  }
}

/** What was bought in a line, without what became of it. */
export function viewItem(line: OrderLine, amount: (minor: number) => Money): OrderItem {
  return {
    sku: line.sku,
    productId: line.productId,
    productSlug: line.productSlug,
    name: line.name,
    optionsLabel: line.optionsLabel,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    unitPrice: amount(line.unitPriceMinor),
    total: amount(line.totalMinor),
    discount: amount(line.discountMinor),
    discounts: line.discounts.map(({ promotionId, amountMinor }) => ({
      promotionId,
      amount: amount(amountMinor),
    })),
  }
}

/** Until payment has answered, its id and method are all that is known. */
function paymentNotStarted(order: Order): PaymentState {
  return {
    id: order.paymentId,
    orderId: order.id,
    status: 'created',
    method: { type: order.paymentInput?.type ?? 'card', label: '' },
    action: null,
    failure: null,
  }
}
