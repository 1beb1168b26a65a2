import type { Subscriptions } from '@souk/events/inbox'
import { onOrderDelivered } from './hold/on-order-delivered.ts'
import { onOrderEditSettled } from './hold/on-order-edit-settled.ts'
import { onOrderShipped } from './hold/on-order-shipped.ts'
import { onOrderOver } from './payment/on-order-over.ts'

/** What payment listens to. */
export function paymentSubscriptions(): Subscriptions {
  return {
    'order.cancelled': onOrderOver,
    'order.failed': onOrderOver,
    'order.shipped': onOrderShipped,
    'order.delivered': onOrderDelivered,
    'order.edit_settled': onOrderEditSettled,
  }
}
