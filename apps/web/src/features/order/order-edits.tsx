import { formatMoney } from '@souk/kernel/format-money'
import type { Order, OrderEdit } from '@souk/order/contract'
import { LocalTime } from '../../local-time.tsx'

/** What the shop changed in the order before it left, the latest first. */
export function OrderEdits({ order }: { order: Order }) {
  if (order.edits.length === 0) return null
  return (
    <section aria-labelledby="order-edits">
      <h2 id="order-edits" className="display mb-4 text-xl">
        Changes
      </h2>
      <ul aria-label="Changes" className="divide-y divide-line border-line border-y">
        {order.edits.toReversed().map((edit) => (
          <li key={edit.id} className="flex flex-col gap-2 py-4">
            <ul>
              {edit.removed.map(({ sku, name, optionsLabel, quantity }) => (
                <li key={sku}>
                  {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}{' '}
                  {edit.isRest ? 'not sent, cancelled' : 'taken out'}
                </li>
              ))}
              {addedBy(order, edit.id).map(({ sku, name, optionsLabel, quantity }) => (
                <li key={sku}>
                  {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')} added
                </li>
              ))}
            </ul>
            {edit.lowered.amount > 0 && <p>{moneyWords(order, edit)}</p>}
            <p className="text-ink-soft text-sm">
              <LocalTime at={edit.createdAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What an edit added is an order of its own, which has the edit's id. */
const addedBy = ({ followUps }: Order, editId: string) =>
  followUps.find(({ id }) => id === editId)?.lines ?? []

function moneyWords({ payment }: Order, { status, lowered, refund }: OrderEdit): string {
  const amount = formatMoney(refund)
  if (status === 'waiting') return `${formatMoney(lowered)} of what you paid is set aside for what was added.`
  if (refund.amount === 0) return `${formatMoney(lowered)} of what you paid went to what was added.`
  if (payment?.status === 'authorized') return `Your order costs ${amount} less. This is not charged.`
  return status === 'completed'
    ? `${amount} went back the way you paid.`
    : `${amount} goes back the way you paid. Banks take a few days.`
}
