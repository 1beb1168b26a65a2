import type { Subscriptions } from '@souk/events/inbox'
import type { OrderContext } from './context.ts'
import { onPaymentRefunded } from './order/on-payment-refunded.ts'
import { onPaymentsProcessed } from './order/on-payments-processed.ts'
import { onReservationExpired } from './order/on-reservation-expired.ts'
import { onDeliveryExpected } from './promise/on-delivery-expected.ts'
import { onPromiseKept } from './promise/on-promise-kept.ts'

export function subscriptions(ctx: OrderContext): Subscriptions {
  return {
    'payment.processed': { together: async (events, tx) => await onPaymentsProcessed(ctx, events, tx) },
    'payment.refunded': async (event, tx) => await onPaymentRefunded(ctx, event, tx),
    'stock.reservation_expired': async (event, tx) => await onReservationExpired(event, tx),
    'stock.promise_kept': async (event, tx) => await onPromiseKept(ctx, event, tx),
    'stock.delivery_expected': async (event, tx) => await onDeliveryExpected(event, tx),
  }
}
