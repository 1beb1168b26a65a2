import type { Order, OrderedItem } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import Link from 'next/link'
import { countText, dayText, moneyText } from '../../frame/format.ts'
import { Picture } from '../../frame/picture.tsx'
import { paths } from '../../paths.ts'

export function ItemsPanel({ order }: { order: Order }) {
  const pieces = order.items.reduce((sum, item) => sum + item.quantity, 0)
  return (
    <Panel
      title="Items"
      isFlush
      aside={<span className="text-dense text-ink-soft">{countText(pieces, 'piece', 'pieces')}</span>}
    >
      <ul className="divide-y divide-line">
        {order.items.map((item) => (
          <Line key={item.sku} item={item} />
        ))}
      </ul>
      <Totals order={order} />
    </Panel>
  )
}

function Line({ item }: { item: OrderedItem }) {
  return (
    <li className="flex gap-4 px-4 py-3 text-sm">
      <Picture url={item.imageUrl} alt="" className="size-14" />
      <div className="min-w-0 flex-1">
        <Link href={paths.product(item.productId)} className="font-medium hover:underline">
          {item.name}
        </Link>
        {item.optionsLabel && <p className="text-ink-soft">{item.optionsLabel}</p>}
        <p className="font-mono text-dense text-ink-soft">
          <Link href={paths.stock({ q: item.sku })} className="hover:underline">
            {item.sku}
          </Link>
        </p>
      </div>
      <div className="figures text-right">
        <p>{moneyText(item.total)}</p>
        <p className="text-dense text-ink-soft">
          {item.quantity} × {moneyText(item.unitPrice)}
        </p>
        {item.shippedQuantity > 0 && item.shippedQuantity < item.quantity && (
          <p className="text-dense text-ink-soft">{item.shippedQuantity} shipped</p>
        )}
        {item.shipsLater > 0 && (
          <p className="text-dense text-warning">
            {item.shipsLater} not here yet
            {item.expectedOn !== null && `, expected ${dayText(item.expectedOn)}`}
          </p>
        )}
        {item.returnedQuantity > 0 && (
          <p className="text-dense text-ink-soft">{item.returnedQuantity} came back</p>
        )}
      </div>
    </li>
  )
}

function Totals({ order }: { order: Order }) {
  const { subtotal, discount, shipping, tax, total, pricesIncludeTax } = order.totals
  const rows = [
    { term: 'Subtotal', detail: moneyText(subtotal) },
    ...order.promotions.map(({ name, code, amount }) => ({
      term: code === null ? name : `${name} (${code})`,
      detail: `\u2212${moneyText(amount)}`,
    })),
    ...(discount.amount > 0 && order.promotions.length === 0
      ? [{ term: 'Discount', detail: `\u2212${moneyText(discount)}` }]
      : []),
    { term: `Shipping, ${order.shippingMethod.name}`, detail: moneyText(shipping) },
  ]
  return (
    <dl className="figures border-line border-t px-4 py-3 text-sm">
      {rows.map((row) => (
        <div key={row.term} className="flex justify-between gap-4 py-0.5 text-ink-soft">
          <dt>{row.term}</dt>
          <dd>{row.detail}</dd>
        </div>
      ))}
      <div className="mt-1 flex justify-between gap-4 border-line border-t pt-2 font-medium text-base">
        <dt>Total</dt>
        <dd>{moneyText(total)}</dd>
      </div>
      <div className="flex justify-between gap-4 py-0.5 text-dense text-ink-soft">
        <dt>{pricesIncludeTax ? 'Tax included' : 'Tax added'}</dt>
        <dd>{moneyText(tax)}</dd>
      </div>
      {order.refunded.amount > 0 && (
        <div className="flex justify-between gap-4 py-0.5">
          <dt>Refunded</dt>
          <dd>{`\u2212${moneyText(order.refunded)}`}</dd>
        </div>
      )}
    </dl>
  )
}
