import { formatMoney } from '@souk/kernel/format-money'
import type { CreditEntry } from '@souk/payment/contract'
import Link from 'next/link'
import { LocalTime } from '../../local-time.tsx'
import { paths } from '../../paths.ts'

const words: Record<CreditEntry['kind'], { text: string; sign: '+' | '−' | '' }> = {
  issue: { text: 'Given to you', sign: '+' },
  hold: { text: 'Used for an order', sign: '−' },
  spend: { text: 'Order paid', sign: '' },
  release: { text: 'Back from an order that was not paid', sign: '+' },
  give_back: { text: 'Refunded', sign: '+' },
  expire: { text: 'Expired', sign: '−' },
  void: { text: 'Cancelled', sign: '−' },
}

/** What moved a customer's store credit, newest first. That a held amount is spent moves nothing more. */
export function CreditHistory({ entries }: { entries: readonly CreditEntry[] }) {
  const shown = entries.filter(({ kind }) => kind !== 'spend')
  return (
    <section aria-labelledby="credit-history">
      <h2 id="credit-history" className="display mb-4 text-xl">
        History
      </h2>
      <ul className="divide-y divide-line border-line border-y">
        {shown.map((entry) => (
          <li key={entry.id} className="flex items-baseline justify-between gap-4 py-3">
            <div className="min-w-0">
              <p>
                {words[entry.kind].text}
                {entry.orderId && (
                  <>
                    {', '}
                    <Link href={paths.order(entry.orderId)} className="link">
                      see the order
                    </Link>
                  </>
                )}
              </p>
              <p className="break-words text-ink-soft text-sm">
                <LocalTime at={entry.createdAt} />
                {entry.note ? `. ${entry.note}` : ''}
              </p>
            </div>
            <p className="figures whitespace-nowrap">
              {words[entry.kind].sign}
              {formatMoney(entry.amount)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
