import { type Currency, type Money, money } from '@souk/kernel/money'
import type { FollowUp, OrderReturn, ReturnDetail } from '../contract.ts'
import type { Order } from '../order/order.ts'
import { propose, type Return } from './return.ts'

export function viewOrderReturn(current: Return, currency: Currency): OrderReturn {
  return {
    id: current.id,
    number: current.number,
    status: current.status,
    reason: current.reason,
    note: current.note,
    answer: current.answer,
    lines: current.lines.map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      receivedQuantity: line.restockedQuantity + line.writtenOffQuantity,
      exchangeFor: line.exchangeFor,
    })),
    refund: amountOrNull(current.refundMinor, currency),
    exchangeId: current.exchangeId,
    createdAt: current.createdAt.toISOString(),
    updatedAt: current.updatedAt.toISOString(),
  }
}

/** A return as staff decide about it; `others` are the order's other returns. */
export function viewReturn(
  order: Order,
  current: Return,
  others: readonly Return[],
  followUps: readonly FollowUp[],
): ReturnDetail {
  const proposal = propose(order, current, others)
  return {
    id: current.id,
    number: current.number,
    status: current.status,
    reason: current.reason,
    refund: amountOrNull(current.refundMinor, order.currency),
    createdAt: current.createdAt.toISOString(),
    updatedAt: current.updatedAt.toISOString(),
    orderId: order.id,
    orderNumber: order.number,
    customerName: order.customerName,
    email: order.email,
    itemCount: current.lines.reduce((sum, line) => sum + line.quantity, 0),
    note: current.note,
    answer: current.answer,
    requestedBy: current.requestedBy,
    lines: current.lines.map(({ sku, quantity, restockedQuantity, writtenOffQuantity, exchangeFor }) => {
      const line = order.lines.find((each) => each.sku === sku)
      return {
        sku,
        quantity,
        restockedQuantity,
        writtenOffQuantity,
        exchangeFor,
        name: line?.name ?? sku,
        optionsLabel: line?.optionsLabel ?? '',
        imageUrl: line?.imageUrl ?? null,
        unitPrice: money(line?.unitPriceMinor ?? 0, order.currency),
      }
    }),
    exchange: followUps.find(({ id }) => id === current.exchangeId) ?? null,
    proposal: {
      goods: money(proposal.goodsMinor, order.currency),
      shipping: money(proposal.shippingMinor, order.currency),
      most: money(proposal.mostMinor, order.currency),
    },
    refundProblem: current.refundProblem,
  }
}

function amountOrNull(minor: number | null, currency: Currency): Money | null {
  return minor === null ? null : money(minor, currency)
}
