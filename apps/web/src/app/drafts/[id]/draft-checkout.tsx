'use client'

import type { OfferedDraft } from '@souk/order/contract'
import { LinkButton } from '@souk/ui/link-button'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { DraftPayment } from '../../../features/checkout/draft-payment.tsx'
import { LocalTime } from '../../../local-time.tsx'
import { paths } from '../../../paths.ts'
import { leaveForOrder } from '../../checkout/leave-for-order.ts'
import { place } from './actions.ts'

/** The draft with what can be done about it. */
export function DraftCheckout({ draft }: { draft: OfferedDraft }) {
  const router = useRouter()
  if (draft.state === 'ordered') {
    return (
      <>
        <p className="mb-6 text-ink-soft">This order has been placed. There is nothing left to do.</p>
        {draft.orderId && (
          <LinkButton component={Link} href={paths.order(draft.orderId)}>
            View the order
          </LinkButton>
        )}
      </>
    )
  }
  if (draft.state === 'expired' || draft.state === 'discarded') {
    return (
      <p className="max-w-read text-ink-soft">
        {draft.state === 'expired'
          ? 'This offer has expired. Write to us and we will send you a new one.'
          : 'This offer was withdrawn. Write to us if you think that is a mistake.'}{' '}
        Nothing was ordered or charged.
      </p>
    )
  }
  return (
    <>
      <p className="mb-8 text-ink-soft">
        {introOf(draft)} These prices are good until <LocalTime at={draft.expiresAt} />.
      </p>
      <DraftPayment
        draft={draft}
        onPlace={place}
        onPlaced={async (order) => await leaveForOrder(order, router)}
        onChanged={() => router.refresh()}
      />
    </>
  )
}

function introOf({ followUp }: OfferedDraft): string {
  if (!followUp) return 'We put it together for you.'
  return followUp.kind === 'exchange'
    ? `In exchange for goods of your order ${followUp.orderNumber}.`
    : `Added to your order ${followUp.orderNumber}.`
}
