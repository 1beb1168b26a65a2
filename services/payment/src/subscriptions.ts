import type { Subscriptions } from '@souk/events/inbox'
import { onOrderDelivered } from './payment/on-order-delivered.ts'
import { onOrderOver } from './payment/on-order-over.ts'

/** What payment listens to. */
export function paymentSubscriptions(): Subscriptions {
  return {
    'order.cancelled': onOrderOver,
    'order.failed': onOrderOver,
    'order.delivered': onOrderDelivered,
  }
}
