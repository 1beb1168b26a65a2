import { stepFaultsOf } from './step-history.ts'

/** What a client was told about something it asked for. `unknown` may have happened or not. */
export type Outcome = 'done' | 'refused' | 'unknown'

export type Refund = { amountMinor: number; outcome: Outcome }

/** What was done with an order after it was placed, each under a key of its own. */
export type Step = {
  kind: 'edit' | 'swap' | 'parcel' | 'return' | 'exchange'
  /** How many it takes out, sends or brings back. */
  pieces: number
  outcome: Outcome
  /** What the order costs from then on, as told. */
  totalMinor?: number
}

/** What one client asked and was told, under one key. */
export type Purchase = {
  key: string
  sku: string
  quantity: number
  method: string
  /** A gift card's and a promotion's. */
  codes: { giftCardCode?: string; promotionCode?: string }
  outcome: 'ordered' | 'refused' | 'unknown'
  code: string
  orderId: string | undefined
  orderToken: string | undefined
  paymentId: string | undefined
  totalMinor: number
  /** The order's status in the answer that was final. */
  toldStatus: string
  cancel: Outcome | 'none'
  refunds: Refund[]
  steps: Step[]
  requests: number
}

type Wish = Pick<Purchase, 'key' | 'sku' | 'quantity' | 'method'> & Partial<Pick<Purchase, 'codes'>>

export const newPurchase = (wish: Wish): Purchase => ({
  codes: {},
  ...wish,
  outcome: 'unknown',
  code: '',
  orderId: undefined,
  orderToken: undefined,
  paymentId: undefined,
  totalMinor: 0,
  toldStatus: '',
  cancel: 'none',
  refunds: [],
  steps: [],
  requests: 0,
})

export type OrderOfKey = {
  command_key: string
  id: string
  status: string
  quantity: number
  total_minor: number
  shipped: number
  returns: number
  /** Orders that follow from it, or none where it is one itself. */
  follow_ups: number
  is_follow_up: boolean
}
/** What went back for a payment, whoever asked for it. */
export type PaymentSums = { captured_minor: number; refunded_minor: number }

/** Compares what clients were told with what the shop has: told yes must be, told no must not, unknown at most once. */
export function checkHistory(
  history: readonly Purchase[],
  orders: readonly OrderOfKey[],
  payments: ReadonlyMap<string, PaymentSums> = new Map(),
): string[] {
  const byKey = Map.groupBy(orders, (order) => order.command_key)
  const known = new Set(history.map(({ key }) => key))
  const strangers = orders
    .filter(({ command_key, is_follow_up }) => !is_follow_up && !known.has(command_key))
    .map(({ id }) => `Order ${id} belongs to no request`)
  return [
    ...history.flatMap((purchase) => faultsOf(purchase, byKey.get(purchase.key) ?? [])),
    ...history.flatMap((purchase) => refundFaultsOf(purchase, payments)),
    ...strangers,
  ]
}

function faultsOf(purchase: Purchase, orders: readonly OrderOfKey[]): string[] {
  const name = `Purchase ${purchase.key} (${purchase.method})`
  const faults: string[] = []
  const fault = (sentence: string) => faults.push(`${name} ${sentence}`)
  // A draft whose payment failed may be tried again.
  const standing = orders.filter(({ status }) => purchase.method !== 'draft' || status !== 'failed')
  if (standing.length > 1) fault(`made ${orders.length} orders`)
  const order = standing[0] ?? orders[0]
  if (purchase.outcome === 'ordered' && order?.id !== purchase.orderId)
    fault(`was told ${purchase.orderId}, which is not there`)
  if (!order) return faults
  if (order.status === 'pending' || order.status === 'awaiting_payment')
    fault(`stands still: order ${order.id} is ${order.status}`)
  if (purchase.outcome === 'refused' && order.status !== 'failed')
    fault(`was refused (${purchase.code}), yet order ${order.id} is ${order.status}`)
  if (purchase.outcome !== 'ordered') return faults
  for (const sentence of stepFaultsOf(purchase, order)) fault(sentence)
  if (purchase.cancel === 'done' && order.status !== 'cancelled')
    fault(`was cancelled, yet order ${order.id} is ${order.status}`)
  if (purchase.toldStatus === 'confirmed' && order.status === 'failed')
    fault(`was told confirmed, yet order ${order.id} failed`)
  if (order.status === 'cancelled' && purchase.cancel !== 'done' && purchase.cancel !== 'unknown')
    fault(`never was cancelled by its client, yet order ${order.id} is`)
  return faults
}

/** What was told to be refunded is, what was refused is not, and what is unknown is refunded at most once. */
function refundFaultsOf(purchase: Purchase, payments: ReadonlyMap<string, PaymentSums>): string[] {
  const { refunds, paymentId } = purchase
  const payment = paymentId === undefined ? undefined : payments.get(paymentId)
  if (!payment || purchase.cancel !== 'none' || refunds.length === 0) return []
  const sumOf = (outcome: Outcome) =>
    refunds
      .filter((refund) => refund.outcome === outcome)
      .reduce((sum, refund) => sum + refund.amountMinor, 0)
  const least = sumOf('done')
  const most = least + sumOf('unknown')
  if (payment.refunded_minor >= least && payment.refunded_minor <= most) return []
  return [
    `Payment ${paymentId} gave back ${payment.refunded_minor}; its client was told of ${least} and asked for ${most} at most`,
  ]
}
