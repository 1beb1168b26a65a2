import { formatMoney } from '@souk/kernel/format-money'
import { type Money, money } from '@souk/kernel/money'
import type { Order } from '@souk/order/contract'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { shipsLaterText } from '../../ships-later.ts'
import { Thumbnail } from '../../thumbnail.tsx'

export function OrderItems({ order }: { order: Order }) {
  // All of it was exchanged: what takes its place is shown above.
  if (order.items.length === 0) return null
  return (
    <section aria-labelledby="order-items">
      <h2 id="order-items" className="display mb-4 text-xl">
        Items
      </h2>
      <ul aria-label="Items" className="divide-y divide-line border-line border-y">
        {order.items.map((item) => (
          <li key={item.sku} className="grid grid-cols-[5rem_1fr_auto] gap-4 py-4">
            <Thumbnail url={item.imageUrl} />
            <div className="min-w-0">
              <Link href={paths.product(item.productSlug)} className="display text-lg hover:underline">
                {item.name}
              </Link>
              {item.optionsLabel && <p className="text-ink-soft text-sm">{item.optionsLabel}</p>}
              <p className="figures text-ink-soft text-sm">
                {item.quantity} × {formatMoney(item.unitPrice)}
              </p>
              {item.shipsLater > 0 && <p className="text-sm">{shipsLaterText(item)}</p>}
            </div>
            <p className="figures">{formatMoney(item.total)}</p>
          </li>
        ))}
      </ul>
      <Totals order={order} />
    </section>
  )
}

function Totals({ order: { totals, refunded, shippingMethod, promotions, taxLines } }: { order: Order }) {
  const offers = promotions.map(({ id, name, amount }) => ({
    key: id,
    term: name,
    amount,
    text: `−${formatMoney(amount)}`,
  }))
  const taxes = taxLines.map(({ rateBasisPoints, taxMinor }) => ({
    term: `${totals.pricesIncludeTax ? 'Includes VAT' : 'Plus tax'} ${rateBasisPoints / 100} %`,
    amount: money(taxMinor),
  }))
  const rows: { key?: string; term: string; amount: Money; text?: string }[] = [
    { term: 'Subtotal', amount: totals.subtotal },
    ...offers,
    ...(totals.discount.amount > 0 && offers.length === 0
      ? [{ term: 'Discount', amount: totals.discount, text: `−${formatMoney(totals.discount)}` }]
      : []),
    {
      term: `Shipping, ${shippingMethod.name.toLowerCase()}`,
      amount: totals.shipping,
      text: totals.shipping.amount === 0 ? 'Free' : undefined,
    },
    ...(totals.pricesIncludeTax ? [] : taxes),
  ]
  return (
    <dl className="mt-4 ml-auto flex max-w-80 flex-col gap-1.5">
      {rows.map(({ key, term, amount, text }) => (
        <div key={key ?? term} className="flex justify-between gap-4">
          <dt className="text-ink-soft">{term}</dt>
          <dd className="figures">{text ?? formatMoney(amount)}</dd>
        </div>
      ))}
      <div className="mt-2 flex items-baseline justify-between gap-4 border-line border-t pt-3">
        <dt className="font-medium">Total</dt>
        <dd className="figures text-xl">{formatMoney(totals.total)}</dd>
      </div>
      {totals.pricesIncludeTax &&
        taxes.map(({ term, amount }) => (
          <div key={term} className="flex justify-between gap-4 text-ink-soft text-sm">
            <dt>{term}</dt>
            <dd className="figures">{formatMoney(amount)}</dd>
          </div>
        ))}
      {refunded.amount > 0 && (
        <div className="flex justify-between gap-4">
          <dt className="text-ink-soft">Refunded</dt>
          <dd className="figures">{formatMoney(refunded)}</dd>
        </div>
      )}
    </dl>
  )
}
