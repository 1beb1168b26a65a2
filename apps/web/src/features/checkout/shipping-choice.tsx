'use client'

import { formatMoney } from '@souk/kernel/format-money'
import type { OrderQuote } from '@souk/order/contract'
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
  return (
    <RadioGroup
      legend="Shipping method"
      isLegendHidden
      name="shipping"
      value={quote.shippingMethod}
      onValueChange={onChoose}
      options={quote.shippingMethods.map(({ code, name, description, price }) => ({
        value: code,
        label: name,
        description,
        aside: price.amount === 0 ? 'Free' : formatMoney(price),
      }))}
    />
  )
}
