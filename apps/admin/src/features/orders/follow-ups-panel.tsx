'use client'

import type { FollowUp, Order } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Status, type Tone } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { useOrderWrites } from './use-order-writes.ts'

/** Orders that follow from this one, what they wait for, and the one that it follows from itself. */
export function FollowUpsPanel({ order }: { order: Order }) {
  const toast = useToast()
  const { withdrawFollowUp } = useOrderWrites(() =>
    toast({ text: 'It is withdrawn. Goods and money go back.' }),
  )
  const { followUps, origin } = order
  if (followUps.length === 0 && !origin) return null
  return (
    <Panel title="Orders that belong together" isFlush>
      {withdrawFollowUp.error && (
        <ProblemNotice title="It was not withdrawn" error={withdrawFollowUp.error} />
      )}
      {origin && (
        <p className="px-4 py-3 text-sm">
          {origin.kind === 'exchange' ? 'Sent in exchange for goods of ' : 'Added to '}
          <Link href={paths.order(origin.orderId)} className="underline">
            order {origin.number}
          </Link>
        </p>
      )}
      <ul aria-label="Orders that follow" className="divide-y divide-line">
        {followUps.map((followUp) => (
          <li key={followUp.id} className="flex flex-wrap justify-between gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <div>
              {followUp.lines.map(({ sku, name, optionsLabel, quantity }) => (
                <p key={sku}>
                  {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}
                </p>
              ))}
              <p className="figures text-ink-soft">{sums(followUp)}</p>
              {followUp.order && (
                <Link href={paths.order(followUp.order.id)} className="underline">
                  Order {followUp.order.number}
                </Link>
              )}
              {followUp.payment && (
                <p className="text-dense text-ink-soft">
                  Can be paid until <DateTime value={followUp.expiresAt} />
                </p>
              )}
            </div>
            <div className="flex flex-col items-end gap-1">
              <Status tone={stateOf(followUp).tone}>{stateOf(followUp).label}</Status>
              {(followUp.payment || followUp.state === 'open') && (
                <Button
                  size="small"
                  variant="secondary"
                  isLoading={withdrawFollowUp.isPending}
                  onClick={() => withdrawFollowUp.mutate({ id: order.id, followUpId: followUp.id })}
                >
                  Withdraw
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function sums({ total, moved, toPay, isCod }: FollowUp): string {
  const parts = [
    `${moneyText(total)} in all`,
    ...(moved.amount > 0 ? [`${moneyText(moved)} from this order`] : []),
    ...(toPay.amount > 0 ? [`${moneyText(toPay)} ${isCod ? 'on delivery' : 'from the customer'}`] : []),
  ]
  return parts.join(' · ')
}

const reasons: Record<NonNullable<FollowUp['reason']>, string> = {
  not_promised: 'Not promised',
  withdrawn: 'Withdrawn',
  expired: 'Not paid in time',
  out_of_stock: 'Out of stock',
  declined: 'Payment refused',
  cancelled: 'Cancelled',
  origin_cancelled: 'Cancelled with this order',
}

function stateOf({ kind, state, reason, order }: FollowUp): { label: string; tone: Tone } {
  if (state === 'ended') return { label: reasons[reason ?? 'withdrawn'], tone: 'neutral' }
  if (state === 'placed') return { label: 'Ordered', tone: 'positive' }
  if (state === 'started') return { label: order ? 'Being paid' : 'Waits for the customer', tone: 'warning' }
  return { label: kind === 'exchange' ? 'Waits for the goods' : 'Being made', tone: 'warning' }
}
