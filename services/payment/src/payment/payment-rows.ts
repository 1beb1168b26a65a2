import type { PaymentAction, PaymentMethod, PaymentStatus } from '../contract.ts'
import type { PaymentRecord } from './payment.ts'

/** A row as plain SQL gives it with `paymentColumns`, and as Prisma gives it. */
export type PaymentRow = {
  id: string
  orderId: string
  provider: string
  providerChargeId: string | null
  status: string
  version: number
  methodType: string
  methodLabel: string
  methodDetail: unknown
  requestHash: string
  captureMode: string
  currency: string
  amountMinor: number | bigint
  authorizedMinor: number | bigint
  capturedMinor: number | bigint
  refundedMinor: number | bigint
  refundPendingMinor: number | bigint
  creditMinor: number | bigint
  creditStatus: string
  creditGivenMinor: number | bigint
  creditPendingMinor: number | bigint
  creditAccount: string
  transferredMinor: number | bigint
  transferMinor: number | bigint
  transferStatus: string
  transferGivenMinor: number | bigint
  transferPendingMinor: number | bigint
  loweredMinor: number | bigint
  action: unknown
  failureCode: string | null
  failureMessage: string | null
  userId: string | null
  orderTokenHash: string | null
  returnUrl: string
  closedReason: string | null
  captureWantedMinor: number | bigint
  isCaptureFinal: boolean
  releaseAt: Date | null
  createdAt: Date
  updatedAt: Date
}

const names = [
  'id',
  'order_id',
  'provider',
  'provider_charge_id',
  'status',
  'version',
  'method_type',
  'method_label',
  'method_detail',
  'request_hash',
  'capture_mode',
  'currency',
  'amount_minor',
  'authorized_minor',
  'captured_minor',
  'refunded_minor',
  'refund_pending_minor',
  'credit_minor',
  'credit_status',
  'credit_given_minor',
  'credit_pending_minor',
  'credit_account',
  'transferred_minor',
  'transfer_minor',
  'transfer_status',
  'transfer_given_minor',
  'transfer_pending_minor',
  'lowered_minor',
  'action',
  'failure_code',
  'failure_message',
  'user_id',
  'order_token_hash',
  'return_url',
  'closed_reason',
  'capture_wanted_minor',
  'is_capture_final',
  'release_at',
  'created_at',
  'updated_at',
]

/** The columns of a payment under the names that Prisma uses. */
export const paymentColumns = names
  .map(
    (name) => `payment.${name} as "${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}"`,
  )
  .join(', ')

/** CHECK constraints hold the text columns to the words of these types. */
export function toPayment(row: PaymentRow): PaymentRecord {
  return {
    id: row.id,
    orderId: row.orderId,
    provider: row.provider,
    providerChargeId: row.providerChargeId,
    status: row.status as PaymentStatus,
    version: row.version,
    method: { type: row.methodType as PaymentMethod['type'], label: row.methodLabel },
    methodDetail: row.methodDetail as PaymentMethod | null,
    requestHash: row.requestHash,
    captureMode: row.captureMode as PaymentRecord['captureMode'],
    currency: row.currency as PaymentRecord['currency'],
    amountMinor: Number(row.amountMinor),
    authorizedMinor: Number(row.authorizedMinor),
    capturedMinor: Number(row.capturedMinor),
    refundedMinor: Number(row.refundedMinor),
    refundPendingMinor: Number(row.refundPendingMinor),
    creditMinor: Number(row.creditMinor),
    creditStatus: row.creditStatus as PaymentRecord['creditStatus'],
    creditGivenMinor: Number(row.creditGivenMinor),
    creditPendingMinor: Number(row.creditPendingMinor),
    creditAccount: row.creditAccount as PaymentRecord['creditAccount'],
    transferredMinor: Number(row.transferredMinor),
    transferMinor: Number(row.transferMinor),
    transferStatus: row.transferStatus as PaymentRecord['transferStatus'],
    transferGivenMinor: Number(row.transferGivenMinor),
    transferPendingMinor: Number(row.transferPendingMinor),
    loweredMinor: Number(row.loweredMinor),
    action: row.action as PaymentAction | null,
    failure:
      row.failureCode === null
        ? null
        : { code: row.failureCode, message: row.failureMessage ?? row.failureCode },
    userId: row.userId,
    orderTokenHash: row.orderTokenHash,
    returnUrl: row.returnUrl,
    closedReason: row.closedReason,
    captureWantedMinor: Number(row.captureWantedMinor),
    isCaptureFinal: row.isCaptureFinal,
    releaseAt: row.releaseAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}
