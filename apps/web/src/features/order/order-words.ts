import type { Order, OrderStatus } from '@souk/order/contract'
import type { Tone } from '@souk/ui/badge'

type Words = {
  /** In a list, in one or two words. */
  label: string
  tone: Tone
  /** At the top of the order's page. */
  title: string
  /** What happens next, and whether there is anything to do. */
  next: string
}

export const orderWords: Readonly<Record<OrderStatus, Words>> = {
  pending: {
    label: 'Being placed',
    tone: 'warning',
    title: 'We are placing your order',
    next: 'This takes a moment. The page changes by itself; you can also close it and come back.',
  },
  awaiting_payment: {
    label: 'Waiting for payment',
    tone: 'warning',
    title: 'Waiting for your payment',
    next: 'Your things are held for you. As soon as the payment is approved, this page says so.',
  },
  confirmed: {
    label: 'Confirmed',
    tone: 'positive',
    title: 'Thank you, your order is confirmed',
    next: 'We pack it next and tell you by e-mail when it is on its way.',
  },
  processing: {
    label: 'Being packed',
    tone: 'positive',
    title: 'Your order is being packed',
    next: 'We tell you by e-mail when it is on its way.',
  },
  shipped: {
    label: 'Shipped',
    tone: 'positive',
    title: 'Your order is on its way',
    next: 'The carrier has it.',
  },
  delivered: {
    label: 'Delivered',
    tone: 'positive',
    title: 'Your order was delivered',
    next: 'We hope it finds its place.',
  },
  cancelled: {
    label: 'Cancelled',
    tone: 'neutral',
    title: 'This order was cancelled',
    next: 'Nothing will be sent. What was paid for it is given back.',
  },
  failed: {
    label: 'Not placed',
    tone: 'danger',
    title: 'This order could not be placed',
    next: 'Nothing was sent. What may have been held on your account is released.',
  },
  partially_returned: {
    label: 'Partly returned',
    tone: 'neutral',
    title: 'Part of your order came back',
    next: 'What is refunded is shown with the total.',
  },
  returned: {
    label: 'Returned',
    tone: 'neutral',
    title: 'Your order came back to us',
    next: 'What is refunded is shown with the total.',
  },
}

/** A parcel has left and more follow: no status of its own, but news to the customer. */
export const partlySent = {
  title: 'A part of your order is on its way',
  next: 'The rest is being packed. We tell you by e-mail about each parcel.',
}

const steps = ['placed', 'paid', 'shipped', 'delivered'] as const
export const stepLabels: Readonly<Record<(typeof steps)[number], string>> = {
  placed: 'Placed',
  paid: 'Confirmed',
  shipped: 'Shipped',
  delivered: 'Delivered',
}

/** How far an order has come on its ordinary way; nothing for one that has left it. */
export function progressOf(status: OrderStatus): { steps: typeof steps; reached: number } | undefined {
  const reached: Partial<Record<OrderStatus, number>> = {
    pending: 0,
    awaiting_payment: 0,
    confirmed: 1,
    processing: 1,
    shipped: 2,
    delivered: 3,
  }
  const found = reached[status]
  return found === undefined ? undefined : { steps, reached: found }
}

const otherEntries: Readonly<Record<string, string>> = {
  placed: 'Placed',
  refunded: 'Refunded',
  note: 'Note',
  parcel_shipped: 'A parcel left',
  parcel_delivered: 'A parcel arrived',
  goods_returned: 'Goods came back',
  rest_cancelled: 'The rest was cancelled',
  tracking_corrected: 'New tracking',
  edited: 'Changed',
  arrived: 'In stock now',
  follow_up_placed: 'What was added or exchanged is ordered',
  follow_up_ended: 'What was added or exchanged was not ordered',
  edit_refund_failed: 'Refund delayed',
  edit_refund_retried: 'Refund started',
  exchange_changed: 'Exchange changed',
  return_requested: 'Return asked for',
  return_approved: 'Return approved',
  return_declined: 'Return declined',
  return_refunding: 'Refund started',
  return_refund_failed: 'Refund delayed',
  return_completed: 'Return completed',
}

export function timelineText(type: string): string {
  const words: Partial<Record<string, Words>> = orderWords
  const plain = type.replaceAll('_', ' ')
  return words[type]?.label ?? otherEntries[type] ?? `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

type Payment = NonNullable<Order['payment']>

export const paymentWords: Readonly<Record<Payment['status'], string>> = {
  created: 'being started',
  requires_action: 'waits for your approval',
  authorized: 'approved',
  captured: 'paid',
  declined: 'declined',
  expired: 'expired',
  voided: 'not charged',
  unknown: 'being checked with the provider',
}

const methodNames: Readonly<Record<Payment['method']['type'], string>> = {
  card: 'Card',
  upi: 'UPI',
  netbanking: 'Netbanking',
  wallet: 'Wallet',
  cod: 'Cash on delivery',
  credit: 'Gift card',
  transfer: 'Already paid',
}

export function methodText({ type, label }: Payment['method']): string {
  return label === '' ? methodNames[type] : label
}

/** Only a web address is ever made a link. */
export function actionUrl(payment: Order['payment']): string | undefined {
  const url = payment?.action?.url
  return url && /^https?:\/\//.test(url) ? url : undefined
}
