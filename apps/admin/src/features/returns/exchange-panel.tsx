import type { FollowUp } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { DataList } from '@souk/ui/data-list'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'
import { exchangeStateText } from './exchange-words.ts'

/** What is sent instead of what comes back. */
export function ExchangePanel({ exchange }: { exchange: FollowUp }) {
  const { state, lines, total, moved, toPay, order, expiresAt } = exchange
  const isOpen = state === 'open' || state === 'started'
  return (
    <Panel title="Sent instead">
      <DataList
        items={[
          { term: 'State', detail: <span role="status">{exchangeStateText(exchange)}</span> },
          {
            term: 'Goods',
            detail: (
              <ul>
                {lines.map(({ sku, name, optionsLabel, quantity }) => (
                  <li key={sku}>
                    {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}
                  </li>
                ))}
              </ul>
            ),
          },
          { term: 'Costs', detail: moneyText(total) },
          ...(moved.amount > 0 ? [{ term: 'Paid with the return', detail: moneyText(moved) }] : []),
          ...(state === 'started' && toPay.amount > 0
            ? [{ term: 'Customer pays', detail: moneyText(toPay) }]
            : []),
          ...(isOpen ? [{ term: 'Held until', detail: <DateTime value={expiresAt} /> }] : []),
          ...(order
            ? [
                {
                  term: 'Order',
                  detail: (
                    <Link href={paths.order(order.id)} className="link">
                      {order.number}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  )
}
