import type { PaymentDatabase } from '@souk/db/payment'
import { type Currency, money } from '@souk/kernel/money'
import { encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import { givenMinor, paidMinor, totalMinor } from '../balance/balance.ts'
import type { Attempt, Payment, PaymentStatus, Refund, Transfer } from '../contract.ts'
import { type TransferRow, toTransfer } from '../transfer/transfer-store.ts'
import type { PaymentRecord } from './payment.ts'
import { type PaymentRow, toPayment } from './payment-rows.ts'
import { creditOf, leftOf, transferOf } from './payment-view.ts'

const bothOrders = { from: { select: { orderId: true } }, to: { select: { orderId: true } } } as const
const history = {
  attempts: { orderBy: { id: 'asc' } },
  refunds: { orderBy: { id: 'asc' } },
  transfersOut: { orderBy: { id: 'asc' }, include: bothOrders },
  transferIn: { include: bothOrders },
} as const

type AttemptRow = {
  id: string
  operation: string
  outcome: string
  amountMinor: bigint
  currency: string
  message: string | null
  createdAt: Date
}
type RefundRow = Omit<AttemptRow, 'operation' | 'outcome' | 'message'> & {
  paymentId: string
  creditMinor: bigint
  transferMinor: bigint
  ofRefundId: string | null
  status: string
  reason: string
}
type TransferWithOrders = TransferRow & { from: { orderId: string }; to: { orderId: string } }
type WithHistory = PaymentRow & {
  attempts: AttemptRow[]
  refunds: RefundRow[]
  transfersOut: TransferWithOrders[]
  transferIn: TransferWithOrders | null
}

/** A payment with attempts and refunds, and what decides who may see it. */
export async function readPaymentWithHistory(
  db: PaymentDatabase,
  id: string,
): Promise<{ payment: Payment; access: Pick<PaymentRecord, 'userId' | 'orderTokenHash'> } | undefined> {
  const row = await db.prisma.payment.findUnique({ where: { id }, include: history })
  if (!row) return undefined
  return { payment: toView(row), access: { userId: row.userId, orderTokenHash: row.orderTokenHash } }
}

/** Newest first: ids are ordered by time. */
export async function readPayments(
  db: PaymentDatabase,
  filter: { status?: PaymentStatus | undefined; limit: number; before: string | undefined },
): Promise<{ items: Payment[]; nextCursor: string | null }> {
  const rows = await db.prisma.payment.findMany({
    where: {
      ...(filter.status ? { status: filter.status } : {}),
      ...(filter.before ? { id: { lt: filter.before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: filter.limit + 1,
    include: history,
  })
  const shown = rows.slice(0, filter.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(toView),
    nextCursor: rows.length > filter.limit && last ? encodeCursor([last.id]) : null,
  }
}

function toView(row: WithHistory): Payment {
  const payment = toPayment(row)
  const { id, orderId, provider, status, method, failure, currency } = payment
  return {
    id,
    orderId,
    provider,
    status,
    method,
    failure,
    amount: money(totalMinor(payment), currency),
    captured: money(paidMinor(payment), currency),
    refunded: money(givenMinor(payment), currency),
    ...creditOf(payment),
    ...transferOf(payment),
    ...leftOf(payment),
    transfers: [...(row.transferIn ? [row.transferIn] : []), ...row.transfersOut].map(toTransferView),
    action: status === 'requires_action' ? payment.action : null,
    attempts: row.attempts.map(toAttempt),
    refunds: row.refunds.map(toRefund),
    createdAt: payment.createdAt.toISOString(),
    updatedAt: payment.updatedAt.toISOString(),
  }
}

function toAttempt(row: AttemptRow): z.infer<typeof Attempt> {
  return {
    id: row.id,
    operation: row.operation as z.infer<typeof Attempt>['operation'],
    outcome: row.outcome as z.infer<typeof Attempt>['outcome'],
    amount: money(Number(row.amountMinor), row.currency as Currency),
    message: row.message,
    createdAt: row.createdAt.toISOString(),
  }
}

function toTransferView(row: TransferWithOrders): Transfer {
  const { id, fromPaymentId, toPaymentId, amountMinor, backMinor, currency, status, createdAt } =
    toTransfer(row)
  return {
    id,
    fromPaymentId,
    fromOrderId: row.from.orderId,
    toPaymentId,
    toOrderId: row.to.orderId,
    amount: money(amountMinor, currency),
    back: money(backMinor, currency),
    status,
    createdAt: createdAt.toISOString(),
  }
}

function toRefund(row: RefundRow): Refund {
  const currency = row.currency as Currency
  return {
    id: row.id,
    paymentId: row.paymentId,
    amount: money(Number(row.amountMinor + row.creditMinor + row.transferMinor), currency),
    ...(row.creditMinor > 0n ? { credit: money(Number(row.creditMinor), currency) } : {}),
    ...(row.transferMinor > 0n ? { transfer: money(Number(row.transferMinor), currency) } : {}),
    ...(row.ofRefundId === null ? {} : { ofRefundId: row.ofRefundId }),
    status: row.status as Refund['status'],
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }
}
