'use client'

import { formatMoney } from '@souk/kernel/format-money'
import { type Money, money } from '@souk/kernel/money'
import type { OrderQuote } from '@souk/order/contract'
import { cx } from '@souk/ui/class-names'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import type { ReactNode } from 'react'
import { shipsLaterText } from '../../ships-later.ts'
import { Thumbnail } from '../../thumbnail.tsx'

type OrderSummaryProps = {
  quote: OrderQuote | undefined
  /** The figures are being worked out again. */
  isStale: boolean
  /** The field for a code. */
  children: ReactNode
  /** What follows the total. */
  after?: ReactNode
}

/** What is being ordered and what it comes to. */
export function OrderSummary({ quote, isStale, children, after }: OrderSummaryProps) {
  return (
    <section aria-labelledby="order-summary">
      <h2 id="order-summary" className="display mb-4 text-xl">
        Your order
      </h2>
      {quote ? (
        <>
          <ul aria-label="Items" className="divide-y divide-line border-line border-y">
            {quote.items.map((item) => (
              <li key={item.sku} className="grid grid-cols-[4rem_1fr_auto] items-start gap-4 py-3">
                <Thumbnail url={item.imageUrl} />
                <div className="min-w-0">
                  <p>{item.name}</p>
                  {item.optionsLabel && <p className="text-ink-soft text-sm">{item.optionsLabel}</p>}
                  <p className="figures text-ink-soft text-sm">Quantity {item.quantity}</p>
                  {item.shipsLater > 0 && <p className="text-sm">{shipsLaterText(item)}</p>}
                </div>
                <p className="figures">{formatMoney(item.total)}</p>
              </li>
            ))}
          </ul>
          {children}
          <TotalsList quote={quote} isStale={isStale} />
          {after}
        </>
      ) : (
        <Loading label="Working out the total" className="space-y-3">
          <Skeleton className="h-16" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-1/2" />
        </Loading>
      )}
    </section>
  )
}

function TotalsList({ quote, isStale }: { quote: OrderQuote; isStale: boolean }) {
  const { totals, promotions, taxLines, undeliverable } = quote
  return (
    <dl
      aria-busy={isStale}
      className={cx('flex flex-col gap-1.5 transition-opacity', isStale && 'opacity-50')}
    >
      <Row term="Subtotal" amount={totals.subtotal} />
      {promotions.map(({ id, name, amount }) => (
        <Row key={id} term={name} amount={amount} isTakenOff />
      ))}
      {undeliverable === null && (
        <Row term="Shipping" amount={totals.shipping} isFree={totals.shipping.amount === 0} />
      )}
      {!totals.pricesIncludeTax &&
        taxLines.map(({ rateBasisPoints, taxMinor }) => (
          <Row key={rateBasisPoints} term={`Plus tax ${percent(rateBasisPoints)}`} amount={money(taxMinor)} />
        ))}
      <div className="mt-2 flex items-baseline justify-between gap-4 border-line border-t pt-3">
        <dt className="font-medium">Total</dt>
        <dd className="figures text-xl">{formatMoney(totals.total)}</dd>
      </div>
      {totals.pricesIncludeTax &&
        taxLines.map(({ rateBasisPoints, taxMinor }) => (
          <Row
            key={rateBasisPoints}
            term={`Includes VAT ${percent(rateBasisPoints)}`}
            amount={money(taxMinor)}
          />
        ))}
    </dl>
  )
}

/** 1900 is 19 %, 2550 is 25.5 %. */
function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`
}

export function Row({
  term,
  amount,
  isTakenOff = false,
  isFree = false,
}: {
  term: string
  amount: Money
  isTakenOff?: boolean
  isFree?: boolean
}) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="figures">{isFree ? 'Free' : `${isTakenOff ? '−' : ''}${formatMoney(amount)}`}</dd>
    </div>
  )
}
