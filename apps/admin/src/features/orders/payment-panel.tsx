'use client'

import type { Order } from '@souk/order/contract'
import type { Payment, PaymentStatus } from '@souk/payment/contract'
import { Figure, Panel } from '@souk/ui/admin-page'
import { Status, type Tone } from '@souk/ui/badge'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { PaymentHistory } from './payment-history.tsx'
import { PaymentJournal } from './payment-journal.tsx'
import { PaymentTransfers } from './payment-transfers.tsx'

const looks: Record<PaymentStatus, { label: string; tone: Tone }> = {
  created: { label: 'Started', tone: 'neutral' },
  requires_action: { label: 'Waiting for the customer', tone: 'warning' },
  authorized: { label: 'Held', tone: 'accent' },
  captured: { label: 'Paid', tone: 'positive' },
  declined: { label: 'Declined', tone: 'danger' },
  expired: { label: 'Expired', tone: 'neutral' },
  voided: { label: 'Released', tone: 'neutral' },
  unknown: { label: 'Being asked for', tone: 'warning' },
}

export function PaymentPanel({ order }: { order: Order }) {
  const api = useApi()
  const payment = useQuery(
    api.admin.payment.get.queryOptions({ id: order.payment?.id ?? '' }, { enabled: order.payment !== null }),
  )
  if (!order.payment) {
    return (
      <Panel title="Payment">
        <p className="text-ink-soft text-sm">No payment was started for this order.</p>
      </Panel>
    )
  }
  if (payment.data) return <PaymentView payment={payment.data} />
  return (
    <Panel title="Payment">
      {payment.error ? (
        <ProblemNotice
          title="The payment could not be loaded"
          error={payment.error}
          onRetry={() => void payment.refetch()}
        />
      ) : (
        <Loading label="Loading the payment">
          <Skeleton className="h-24" />
        </Loading>
      )}
    </Panel>
  )
}

function PaymentView({ payment }: { payment: Payment }) {
  const { label, tone } = looks[payment.status]
  return (
    <Panel
      title="Payment"
      isFlush
      aside={
        <span className="text-sm">
          <Status tone={tone}>{label}</Status>
        </span>
      }
    >
      <dl className="grid grid-cols-3 divide-x divide-line border-line border-b">
        <Figure label="Amount" value={moneyText(payment.amount)} />
        <Figure label="Taken" value={moneyText(payment.captured)} />
        <Figure label="Refunded" value={moneyText(payment.refunded)} />
      </dl>
      <div className="flex flex-col gap-1 px-4 py-3 text-sm">
        <p>
          {payment.method.label}{' '}
          {payment.method.type !== 'transfer' && (
            <span className="text-ink-soft">through {payment.provider}</span>
          )}
        </p>
        {payment.credit && (
          <p>
            <span className="figures">{moneyText(payment.credit)}</span> of it by gift card or store credit
          </p>
        )}
        {payment.failure && <p className="text-danger">{payment.failure.message}</p>}
        <p className="break-all font-mono text-dense text-ink-soft">{payment.id}</p>
      </div>
      <PaymentTransfers payment={payment} />
      <PaymentHistory payment={payment} />
      <PaymentJournal paymentId={payment.id} />
    </Panel>
  )
}
