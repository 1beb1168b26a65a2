import type { Payment, Transfer } from '@souk/payment/contract'
import { Status, type Tone } from '@souk/ui/badge'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'

const looks: Record<Transfer['status'], { label: string; tone: Tone }> = {
  held: { label: 'held', tone: 'warning' },
  spent: { label: 'moved', tone: 'positive' },
  released: { label: 'released', tone: 'neutral' },
}

/** Money that came from an earlier order's payment, or was moved on to a later one's. */
export function PaymentTransfers({ payment }: { payment: Payment }) {
  if (!payment.transfers || payment.transfers.length === 0) return null
  return (
    <ul aria-label="Moved between orders" className="divide-y divide-line border-line border-t">
      {payment.transfers.map((transfer) => {
        const isHere = transfer.toPaymentId === payment.id
        const { label, tone } = looks[transfer.status]
        return (
          <li
            key={transfer.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2 text-sm"
          >
            <span className="min-w-0">
              {isHere ? 'Paid with money of ' : 'Moved on to '}
              <Link href={paths.order(isHere ? transfer.fromOrderId : transfer.toOrderId)} className="link">
                {isHere ? 'an earlier order' : 'a later order'}
              </Link>
              <DateTime value={transfer.createdAt} className="block text-dense text-ink-soft" />
              {transfer.back.amount > 0 && (
                <span className="block text-dense text-ink-soft">
                  <span className="figures">{moneyText(transfer.back)}</span> of it came back to be refunded
                </span>
              )}
            </span>
            <span className="flex items-baseline gap-4">
              <Status tone={tone}>{label}</Status>
              <span className="figures">{moneyText(transfer.amount)}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
