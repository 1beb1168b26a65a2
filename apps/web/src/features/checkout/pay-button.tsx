'use client'

import { readSoukError } from '@souk/api/client-error'
import { formatMoney } from '@souk/kernel/format-money'
import type { OrderQuote } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'

type PayButtonProps = {
  quote: OrderQuote | undefined
  isQuoting: boolean
  error: unknown
  isPlacing: boolean
  /** Cash on delivery: the order is placed now and paid later. */
  isPaidLater: boolean
  /** What is left to pay after gift card and store credit. */
  toPayMinor: number
  blockedReason: string | undefined
}

export function PayButton({
  quote,
  isQuoting,
  error,
  isPlacing,
  isPaidLater,
  toPayMinor,
  blockedReason,
}: PayButtonProps) {
  const amount = quote ? formatMoney({ ...quote.totals.total, amount: toPayMinor }) : ''
  const label = quote && toPayMinor === 0 ? 'Place the order' : `Pay ${amount}`
  return (
    <div className="mt-6 flex flex-col gap-4">
      {error !== null && error !== undefined && (
        <Alert tone="error" title="The total could not be worked out">
          {readSoukError(error).message}
        </Alert>
      )}
      <Button
        type="submit"
        size="large"
        isWide
        isLoading={isPlacing || isQuoting || (!quote && !error)}
        loadingLabel={isPlacing ? 'Placing your order' : 'Working out the total'}
        disabledReason={blockedReason ?? (quote ? undefined : error ? 'There is no total yet.' : undefined)}
      >
        {isPaidLater ? `Order, pay ${amount} on delivery` : label}
      </Button>
      {isPlacing && (
        <p role="status" className="text-ink-soft text-sm">
          Placing your order. Please keep this page open.
        </p>
      )}
    </div>
  )
}
