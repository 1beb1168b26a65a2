export type RefundStatus = 'pending' | 'succeeded' | 'failed'

export type Refund = {
  object: 'refund'
  id: string
  charge: string
  /** The merchant's own id of the charge and of this refund. */
  chargeReference: string
  reference: string
  idempotencyKey: string
  amount: number
  currency: string
  status: RefundStatus
  failure: { code: string; message: string } | null
  createdAt: string
  updatedAt: string
}

export function settleRefund(refund: Refund, status: 'succeeded' | 'failed', now: Date): Refund {
  const failure =
    status === 'failed' ? { code: 'refund_refused', message: 'The bank did not accept the refund.' } : null
  return { ...refund, status, failure, updatedAt: now.toISOString() }
}
