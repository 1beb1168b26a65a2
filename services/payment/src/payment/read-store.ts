import type { PaymentDatabase } from '@souk/db/payment'
import { type Currency, money } from '@souk/kernel/money'
import { encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { Attempt, Payment, PaymentStatus, Refund } from '../contract.ts'
import { type PaymentRecord, paidMinor } from './payment.ts'
import { type PaymentRow, toPayment } from './payment-rows.ts'
import { creditOf } from './payment-view.ts'

const history = {
  attempts: { orderBy: { id: 'asc' } },
  refunds: { orderBy: { id: 'asc' } },
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
  status: string
  reason: string
}
type WithHistory = PaymentRow & { attempts: AttemptRow[]; refunds: RefundRow[] }

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
    amount: money(payment.amountMinor + payment.creditMinor, currency),
    captured: money(paidMinor(payment), currency),
    refunded: money(payment.refundedMinor + payment.creditGivenMinor, currency),
    ...creditOf(payment),
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

function toRefund(row: RefundRow): Refund {
  return {
    id: row.id,
    paymentId: row.paymentId,
    amount: money(Number(row.amountMinor + row.creditMinor), row.currency as Currency),
    ...(row.creditMinor > 0n ? { credit: money(Number(row.creditMinor), row.currency as Currency) } : {}),
    status: row.status as Refund['status'],
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }
}
