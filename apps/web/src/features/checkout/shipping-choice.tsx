'use client'

import { formatMoney } from '@souk/kernel/format-money'
import type { OrderQuote } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { RadioGroup } from '@souk/ui/radio-group'
import { Loading, Skeleton } from '@souk/ui/skeleton'

type ShippingChoiceProps = { quote: OrderQuote | undefined; onChoose: (code: string) => void }

export function ShippingChoice({ quote, onChoose }: ShippingChoiceProps) {
  if (!quote) {
    return (
      <Loading label="Loading the shipping methods">
        <Skeleton className="h-28" />
      </Loading>
    )
  }
  if (quote.undeliverable !== null) {
    return (
      <Alert tone="warning" title={quote.undeliverable}>
        Choose another address, or write to us: we may find a way.
      </Alert>
    )
  }
  return (
    <RadioGroup
      legend="Shipping method"
      isLegendHidden
      name="shipping"
      value={quote.shippingMethod}
      onValueChange={onChoose}
      options={quote.shippingMethods.map(({ code, name, price, estimate }) => ({
        value: code,
        label: name,
        description: `Arrives ${dayRange(estimate)}`,
        aside: price.amount === 0 ? 'Free' : formatMoney(price),
      }))}
    />
  )
}

const day = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  weekday: 'short',
  timeZone: 'UTC',
})

/** `Wed, Nov 25 – Fri, Nov 27`, or one day. */
function dayRange({ from, to }: { from: string; to: string }): string {
  return day.formatRange(new Date(from), new Date(to))
}
