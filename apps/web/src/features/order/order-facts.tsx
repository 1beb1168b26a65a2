import { countryName } from '@souk/kernel/countries'
import { formatMoney } from '@souk/kernel/format-money'
import type { Order } from '@souk/order/contract'
import { type DataItem, DataList } from '@souk/ui/data-list'
import { methodText, paymentWords } from './order-words.ts'

/** Where it goes, how it is paid and how to follow it. */
export function OrderFacts({ order }: { order: Order }) {
  const { shippingAddress: to, payment } = order
  const items: DataItem[] = [
    {
      term: 'Deliver to',
      detail: (
        <address className="not-italic">
          {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, to.region, countryName(to.country)]
            .filter(Boolean)
            .map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
        </address>
      ),
    },
    { term: 'Shipping', detail: order.shippingMethod.name },
  ]
  if (payment) {
    items.push({ term: 'Payment', detail: `${methodText(payment.method)}, ${paymentText(order, payment)}` })
  }
  if (payment?.credit && payment.method.type !== 'credit') {
    items.push({ term: 'Paid by credit', detail: formatMoney(payment.credit) })
  }
  if (payment?.transfer && payment.method.type !== 'transfer') {
    items.push({ term: 'Paid with an earlier order', detail: formatMoney(payment.transfer) })
  }
  items.push({ term: 'E-mail', detail: <span className="break-words">{order.email}</span> })
  return (
    <section aria-label="Delivery and payment">
      <DataList items={items} />
    </section>
  )
}

function paymentText(order: Order, payment: NonNullable<Order['payment']>): string {
  if (payment.method.type === 'cod' && payment.status !== 'captured') {
    return order.status === 'cancelled' || order.status === 'failed'
      ? 'nothing to pay'
      : 'paid when it arrives'
  }
  const failure = payment.failure ? `: ${payment.failure.message}` : ''
  const refunded = order.refunded.amount > 0 && payment.status === 'captured'
  const isAll = order.refunded.amount >= order.totals.total.amount
  if (refunded) return isAll ? 'refunded' : 'refunded in part'
  return `${paymentWords[payment.status]}${failure}`
}
