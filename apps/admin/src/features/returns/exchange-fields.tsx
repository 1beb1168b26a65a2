'use client'

import type { ExchangeOption, ExchangeWishes, ReturnDetail } from '@souk/order/contract'
import { SelectField } from '@souk/ui/select-field'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { exchangeChoices } from './exchange-words.ts'

/** For each line: the money back, or a variant of its product as it is sold today. */
export function ExchangeFields({ detail }: { detail: ReturnDetail }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-sm">What the customer gets</legend>
      {detail.lines.map((line) => (
        <ExchangeField key={line.sku} orderId={detail.orderId} line={line} />
      ))}
    </fieldset>
  )
}

type Line = ReturnDetail['lines'][number]

function ExchangeField({ orderId, line }: { orderId: string; line: Line }) {
  const api = useApi()
  const found = useQuery(api.order.exchangeOptions.queryOptions({ id: orderId, sku: line.sku }))
  const options: readonly ExchangeOption[] = found.data?.items ?? []
  return (
    <SelectField
      // Its choices come later than the field: what was wished for is chosen once they are there.
      key={found.status}
      label={[line.name, line.optionsLabel].filter(Boolean).join(', ')}
      name={fieldName(line.sku)}
      defaultValue={line.exchangeFor?.sku ?? ''}
      options={exchangeChoices(options, line.exchangeFor)}
      hint={hints[found.status]}
    />
  )
}

const hints = {
  pending: 'Looking for what can be sent instead.',
  error: 'What can be sent instead could not be loaded.',
  success: 'Amounts are for each piece, at the price of today.',
}

function fieldName(sku: string): string {
  return `exchange ${sku}`
}

export function readExchange(detail: ReturnDetail, form: FormData): ExchangeWishes {
  return detail.lines.flatMap(({ sku }) => {
    const exchangeFor = String(form.get(fieldName(sku)) ?? '')
    return exchangeFor === '' ? [] : [{ sku, exchangeFor }]
  })
}
