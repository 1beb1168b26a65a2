import type { Payment } from '@souk/payment/contract'
import { Status, type Tone } from '@souk/ui/badge'
import { DateTime } from '../../frame/date-time.tsx'
import { Disclosure } from '../../frame/disclosure.tsx'
import { moneyText } from '../../frame/format.ts'

const operations: Record<Payment['attempts'][number]['operation'], string> = {
  charge: 'Charge',
  authorize: 'Hold',
  capture: 'Take',
  void: 'Release',
  refund: 'Refund',
  query: 'Ask the provider',
}
const outcomes: Record<Payment['attempts'][number]['outcome'], { label: string; tone: Tone }> = {
  started: { label: 'started', tone: 'neutral' },
  succeeded: { label: 'succeeded', tone: 'positive' },
  requires_action: { label: 'needs the customer', tone: 'warning' },
  declined: { label: 'declined', tone: 'danger' },
  failed: { label: 'failed', tone: 'danger' },
  unknown: { label: 'no answer', tone: 'warning' },
}
const refundTones: Record<Payment['refunds'][number]['status'], Tone> = {
  pending: 'warning',
  succeeded: 'positive',
  failed: 'danger',
  unknown: 'warning',
}

/** Every refund, and every time the provider was asked. */
export function PaymentHistory({ payment }: { payment: Payment }) {
  return (
    <>
      {payment.refunds.length > 0 && (
        <ul aria-label="Refunds" className="divide-y divide-line border-line border-t">
          {payment.refunds.map((refund) => (
            <li
              key={refund.id}
              className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2 text-sm"
            >
              <span className="min-w-0">
                <span className="font-medium">Refund</span> {refund.reason}
                <DateTime value={refund.createdAt} className="block text-dense text-ink-soft" />
                {refund.ofRefundId && (
                  <span className="block text-dense text-ink-soft">
                    For the order this money had been moved to
                  </span>
                )}
                {refund.transfer && (
                  <span className="block text-dense text-ink-soft">
                    <span className="figures">{moneyText(refund.transfer)}</span> of it through the earlier
                    order’s payment
                  </span>
                )}
              </span>
              <span className="flex items-baseline gap-4">
                <Status tone={refundTones[refund.status]}>{refund.status}</Status>
                <span className="figures">{moneyText(refund.amount)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Disclosure label={`Attempts (${payment.attempts.length})`}>
        <ol className="flex flex-col gap-2 text-sm">
          {payment.attempts.map((attempt) => (
            <li key={attempt.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span>
                {operations[attempt.operation]}{' '}
                <Status tone={outcomes[attempt.outcome].tone} className="ml-2">
                  {outcomes[attempt.outcome].label}
                </Status>
                {attempt.message && <span className="block text-dense text-ink-soft">{attempt.message}</span>}
              </span>
              <span className="figures text-dense text-ink-soft">
                {moneyText(attempt.amount)} · <DateTime value={attempt.createdAt} />
              </span>
            </li>
          ))}
        </ol>
      </Disclosure>
    </>
  )
}
