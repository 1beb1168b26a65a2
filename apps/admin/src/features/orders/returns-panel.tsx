import type { Order } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import Link from 'next/link'
import { countText, moneyText } from '../../frame/format.ts'
import { ReturnStatusMark, returnReasonWords } from '../../frame/return-status.tsx'
import { paths } from '../../paths.ts'

/** What the customer wants to send back, each with a page of its own. */
export function ReturnsPanel({ order }: { order: Order }) {
  if (order.returns.length === 0) return null
  return (
    <Panel title="Returns" isFlush>
      <ul className="divide-y divide-line">
        {order.returns.map((each) => (
          <li key={each.id} className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-4 py-3 text-sm">
            <div>
              <Link href={paths.return(each.id)} className="font-medium hover:underline">
                {each.number}
              </Link>
              <p className="text-ink-soft">
                {countText(
                  each.lines.reduce((sum, line) => sum + line.quantity, 0),
                  'piece',
                  'pieces',
                )}
                , {returnReasonWords[each.reason].toLowerCase()}
              </p>
            </div>
            <div className="text-right">
              <ReturnStatusMark status={each.status} />
              {each.refund && each.refund.amount > 0 && (
                <p className="figures text-ink-soft">{moneyText(each.refund)}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
