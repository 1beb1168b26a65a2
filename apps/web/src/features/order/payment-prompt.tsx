import type { Order } from '@souk/order/contract'
import { buttonClass } from '@souk/ui/button-class'
import { Spinner } from '@souk/ui/spinner'
import { LocalTime } from '../../local-time.tsx'
import { actionUrl } from './order-words.ts'

/** What the customer has to do about the payment, while there is something. */
export function PaymentPrompt({ order }: { order: Order }) {
  const { payment } = order
  if (order.status !== 'awaiting_payment' || payment?.status !== 'requires_action' || !payment.action)
    return null
  const { type, expiresAt } = payment.action
  const url = actionUrl(payment)
  const isElsewhere = type === 'approve'
  return (
    <section
      aria-labelledby="payment-prompt"
      className="rounded-control border border-edge bg-raised p-5 md:p-6"
    >
      <h2 id="payment-prompt" className="display flex items-center gap-3 text-xl">
        <Spinner size={20} className="shrink-0 text-accent" />
        {isElsewhere ? 'Approve the request in your UPI app' : 'Your payment is not finished'}
      </h2>
      <p className="mt-2">
        {isElsewhere
          ? 'We sent a request to your UPI id. Approve it there and come back to this page; it goes on by itself.'
          : 'Go on at the page of your payment provider; you come back here afterwards. If that page does not load, your order waits here and you can try again, or cancel it and order with another way to pay.'}
        {expiresAt && (
          <>
            {' '}
            The request is good until <LocalTime at={expiresAt} style="time" />.
          </>
        )}
      </p>
      {url && (
        <a
          href={url}
          className={buttonClass({ variant: isElsewhere ? 'secondary' : 'primary', className: 'mt-4' })}
          {...(isElsewhere ? { target: '_blank', rel: 'noopener' } : {})}
        >
          {isElsewhere ? 'Open the approval page' : 'Continue to payment'}
          {isElsewhere && <span className="sr-only"> in a new tab</span>}
        </a>
      )}
    </section>
  )
}
