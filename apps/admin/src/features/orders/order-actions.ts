import { nextStatuses, type OrderStatus } from '@souk/order/contract'

/** The steps staff take by hand, in the order of an order's life. */
export const staffSteps = ['processing', 'shipped', 'delivered', 'returned', 'cancelled'] as const
export type StaffStep = (typeof staffSteps)[number]
export type OrderAction = { step: StaffStep; label: string; whyNot: string | undefined }

const labels: Record<StaffStep, string> = {
  processing: 'Start processing',
  shipped: 'Ship',
  delivered: 'Mark delivered',
  returned: 'Take in a return',
  cancelled: 'Cancel order',
}

/** Each step with the reason it cannot be taken now, if there is one. The table of the contract decides. */
export function orderActions(status: OrderStatus): OrderAction[] {
  const legal = nextStatuses(status, 'staff')
  return staffSteps.map((step) => ({
    step,
    label: labels[step],
    whyNot: legal.includes(step) ? undefined : whyNot(status, step),
  }))
}

const isOver: Partial<Record<OrderStatus, string>> = {
  cancelled: 'The order is cancelled',
  failed: 'The order failed and was never confirmed',
  delivered: 'The order has been delivered',
  partially_returned: 'Part of the order has come back',
  returned: 'The order has come back',
}

function whyNot(status: OrderStatus, step: StaffStep): string {
  const over = isOver[status]
  if (over) return over
  if (status === 'pending') return 'The payment is still being settled'
  if (status === 'awaiting_payment') return 'Waiting for the customer to pay'
  if (step === 'returned') return 'Only what was delivered can come back'
  if (status === 'shipped') return 'The order has been shipped'
  return step === 'delivered' ? 'Ship the order first' : 'Processing has started'
}
