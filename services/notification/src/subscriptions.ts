import type { Subscriptions } from '@souk/events/inbox'
import type { NotificationContext } from './context.ts'
import { onDraftSent } from './on-draft-sent.ts'
import { onFollowUpOffered } from './on-follow-up-offered.ts'
import { onGiftCardIssued } from './on-gift-card-issued.ts'
import { onInvoicesIssued } from './on-invoices-issued.ts'
import { onOrderCancelled } from './on-order-cancelled.ts'
import { onOrderEdited } from './on-order-edited.ts'
import { onOrderFailed } from './on-order-failed.ts'
import { onOrderReturned } from './on-order-returned.ts'
import { onOrderShipped } from './on-order-shipped.ts'
import { onOrdersConfirmed } from './on-orders-confirmed.ts'
import { onPasswordChanged } from './on-password-changed.ts'
import { onPasswordResetRequested } from './on-password-reset-requested.ts'
import { onPaymentRefunded } from './on-payment-refunded.ts'
import { onPromiseKept } from './on-promise-kept.ts'
import { onReturnApproved } from './on-return-approved.ts'
import { onReturnDeclined } from './on-return-declined.ts'
import { onReturnRequested } from './on-return-requested.ts'
import { onStockLow } from './on-stock-low.ts'
import { onTrackingCorrected } from './on-tracking-corrected.ts'
import { onUserRegistered } from './on-user-registered.ts'

export function subscriptions(ctx: NotificationContext): Subscriptions {
  return {
    'order.confirmed': { together: (events, tx) => onOrdersConfirmed(ctx, events, tx) },
    'order.promise_kept': (event, tx) => onPromiseKept(ctx, event, tx),
    'order.shipped': (event, tx) => onOrderShipped(ctx, event, tx),
    'order.tracking_corrected': (event, tx) => onTrackingCorrected(ctx, event, tx),
    'order.cancelled': (event, tx) => onOrderCancelled(ctx, event, tx),
    'order.edited': (event, tx) => onOrderEdited(ctx, event, tx),
    'order.follow_up_offered': (event, tx) => onFollowUpOffered(ctx, event, tx),
    'order.failed': (event, tx) => onOrderFailed(ctx, event, tx),
    'draft.sent': (event, tx) => onDraftSent(ctx, event, tx),
    'invoice.issued': { together: (events, tx) => onInvoicesIssued(ctx, events, tx) },
    'order.return_requested': (event, tx) => onReturnRequested(ctx, event, tx),
    'order.return_approved': (event, tx) => onReturnApproved(ctx, event, tx),
    'order.return_declined': (event, tx) => onReturnDeclined(ctx, event, tx),
    'order.returned': (event, tx) => onOrderReturned(ctx, event, tx),
    'payment.refunded': (event, tx) => onPaymentRefunded(ctx, event, tx),
    'payment.gift_card_issued': (event, tx) => onGiftCardIssued(ctx, event, tx),
    'user.registered': (event, tx) => onUserRegistered(ctx, event, tx),
    'user.password_reset_requested': (event, tx) => onPasswordResetRequested(ctx, event, tx),
    'user.password_changed': (event, tx) => onPasswordChanged(ctx, event, tx),
    'stock.low': (event, tx) => onStockLow(ctx, event, tx),
  }
}
