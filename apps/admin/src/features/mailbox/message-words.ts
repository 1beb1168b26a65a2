import type { MessageSummary, Template } from '@souk/notification/contract'
import type { Tone } from '@souk/ui/badge'

export const templateLabels: Record<Template, string> = {
  'order-confirmed': 'Order confirmed',
  'order-arrived': 'Goods arrived',
  'order-shipped': 'Order shipped',
  'order-tracking': 'New tracking',
  'order-cancelled': 'Order cancelled',
  'order-edited': 'Order changed',
  'follow-up-offered': 'Change to be paid',
  'order-refunded': 'Refund',
  'invoice-issued': 'Invoice',
  'draft-sent': 'Draft order',
  'return-requested': 'Return asked for',
  'return-approved': 'Return approved',
  'return-declined': 'Return declined',
  'return-received': 'Return received',
  welcome: 'Welcome',
  'password-reset': 'Password reset',
  'gift-card': 'Gift card',
  'password-changed': 'Password changed',
  'stock-low': 'Low stock',
}

export const messageStates: Record<MessageSummary['status'], { label: string; tone: Tone }> = {
  queued: { label: 'On its way', tone: 'warning' },
  sent: { label: 'Sent', tone: 'positive' },
  kept: { label: 'Kept here', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'danger' },
}
