import { formatMoney } from '@souk/kernel/format-money'
import type { FollowUp, Order } from '@souk/order/contract'
import { buttonClass } from '@souk/ui/button-class'
import Link from 'next/link'
import { LocalTime } from '../../local-time.tsx'
import { paths } from '../../paths.ts'

/** What was added to the order or is sent instead of what came back, and the order that this one belongs to. */
export function OrderFollowUps({ order }: { order: Order }) {
  const { followUps, origin, userId } = order
  return (
    <>
      {origin && (
        <p className="text-ink-soft">
          {origin.kind === 'exchange' ? 'Sent in exchange for goods of your order ' : 'Added to your order '}
          {userId === null ? (
            origin.number
          ) : (
            <Link href={paths.order(origin.orderId)} className="underline">
              {origin.number}
            </Link>
          )}
          .
        </p>
      )}
      {followUps.map((followUp) => (
        <FollowUpCard key={followUp.id} followUp={followUp} />
      ))}
    </>
  )
}

function FollowUpCard({ followUp }: { followUp: FollowUp }) {
  const { id, kind, lines, payment, order, toPay, expiresAt } = followUp
  return (
    <section
      aria-labelledby={`follow-up-${id}`}
      className="rounded-control border border-edge bg-raised p-5 md:p-6"
    >
      <h2 id={`follow-up-${id}`} className="display text-xl">
        {kind === 'exchange' ? 'In exchange' : 'Added to your order'}
      </h2>
      <ul className="mt-2">
        {lines.map(({ sku, name, optionsLabel, quantity, total }) => (
          <li key={sku} className="flex justify-between gap-4">
            <span>
              {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}
            </span>
            <span className="figures">{formatMoney(total)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2">{wordsOf(followUp)}</p>
      {payment?.draftToken && (
        <>
          {/* The key goes into a cookie on the way, so this is no client-side step. */}
          <a
            href={`${paths.draft(payment.draftId)}?token=${encodeURIComponent(payment.draftToken)}`}
            className={buttonClass({ variant: 'primary', className: 'mt-4' })}
          >
            Pay {formatMoney(toPay)}
          </a>
          <p className="mt-2 text-ink-soft text-sm">
            Good until <LocalTime at={expiresAt} />.
          </p>
        </>
      )}
      {order && (
        <a
          href={`${paths.order(order.id)}${order.accessToken ? `?token=${encodeURIComponent(order.accessToken)}` : ''}`}
          className="mt-2 inline-block underline"
        >
          Order {order.number}
        </a>
      )}
    </section>
  )
}

function wordsOf({ kind, state, moved, toPay, isCod, payment }: FollowUp): string {
  const paid = moved.amount > 0 ? `${formatMoney(moved)} is paid with money of this order. ` : ''
  switch (state) {
    case 'placed':
      return toPay.amount > 0 && isCod
        ? `Ordered. You pay ${formatMoney(toPay)} on delivery.`
        : 'Ordered and paid. It has an order of its own.'
    case 'ended':
      return 'This was not ordered. What was meant for it goes back to you.'
    case 'open':
    case 'preparing':
      return kind === 'exchange'
        ? 'It is set aside for you until your goods are here.'
        : 'It is set aside for you.'
    case 'started':
      if (payment) return `${paid}${formatMoney(toPay)} is left to pay. It is set aside for you until then.`
      return `${paid}It is being ordered.`
  }
}
