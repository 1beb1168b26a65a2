/**
 * Every named place between two steps, by the process that passes it. The storm lets processes die at all of
 * them, and the test of named points lets each die at each; a house test keeps the list whole.
 */
export const faultPoints = {
  order: [
    'order.inserted',
    'order.reserved',
    'order.paid',
    'order.committed',
    'order.saved',
    'order.edited',
    'order.rest_cancelled',
    'edit.refund_asked',
    'return.exchange_held',
    'return.declined',
    'return.received',
    'return.refund_decided',
    'return.refund_asked',
    'exchange.held',
    'exchange.changed',
    'followup.prepared',
    'followup.held',
    'followup.ordered',
    'followup.over',
    'followup.dropped',
    'followup.released',
    'invoice.written',
    'relay.before_xadd',
    'relay.after_xadd',
    'consumer.before_ack',
  ],
  inventory: [
    'inventory.reserved',
    'inventory.committed',
    'relay.before_xadd',
    'relay.after_xadd',
    'consumer.before_ack',
  ],
  payment: [
    'payment.inserted',
    'payment.charged',
    'payment.recorded',
    'refund.reserved',
    'refund.sent',
    'refund.passed_on',
    'relay.before_xadd',
    'relay.after_xadd',
    'consumer.before_ack',
  ],
  product: ['relay.before_xadd', 'relay.after_xadd', 'consumer.before_ack'],
  identity: ['relay.before_xadd', 'relay.after_xadd'],
  notification: ['consumer.before_ack'],
} as const

export type Dying = keyof typeof faultPoints
