'use client'

import { formatMoney } from '@souk/kernel/format-money'
import type { OrderQuote } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { type ReactNode, useEffect, useRef } from 'react'
import type { OrderBody, PlaceState, Refusal } from './use-place-order.ts'

export type ShortLine = Extract<Refusal, { status: 'out_of_stock' }>['lines'][number]
type OutcomeNoticeProps = {
  state: PlaceState
  items: OrderQuote['items']
  onFix: (lines: readonly ShortLine[]) => void
  onRepeat: (body: OrderBody) => void
}

/** Why there is no order yet, what is safe and what to do. Takes the focus, so that it is neither missed nor unheard. */
export function OutcomeNotice({ state, items, onFix, onRepeat }: OutcomeNoticeProps) {
  const box = useRef<HTMLDivElement>(null)
  const notice = noticeFor(state, items, onFix, onRepeat)
  const isShown = notice !== null
  useEffect(() => {
    if (isShown) box.current?.focus()
  }, [isShown])
  if (!notice) return null
  return (
    <Alert ref={box} tone="error" title={notice.title} actions={notice.actions} className="mb-6">
      {notice.text}
    </Alert>
  )
}

type Notice = { title: string; text: ReactNode; actions?: ReactNode }

function noticeFor(
  state: PlaceState,
  items: OrderQuote['items'],
  onFix: OutcomeNoticeProps['onFix'],
  onRepeat: OutcomeNoticeProps['onRepeat'],
): Notice | null {
  if (state.status === 'failed') {
    return { title: 'The order was not placed', text: `${state.message} Nothing was charged.` }
  }
  if (state.status === 'unknown') {
    return {
      title: 'We have no answer yet',
      text: 'Your order may have arrived. Asking again is safe: it cannot order or charge twice.',
      actions: <Button onClick={() => onRepeat(state.body)}>Ask again</Button>,
    }
  }
  return state.status === 'refused' ? refusalNotice(state.refusal, items, onFix) : null
}

function refusalNotice(
  refusal: Refusal,
  items: OrderQuote['items'],
  onFix: OutcomeNoticeProps['onFix'],
): Notice {
  if (refusal.status === 'payment_declined') {
    return {
      title: 'The payment was declined',
      text: `${refusal.message} Nothing was charged and your details are still here. Try another card or another way to pay.`,
    }
  }
  if (refusal.status === 'price_changed') {
    return {
      title: 'The total has changed',
      text: `It is now ${formatMoney(refusal.totals.total)}. Nothing was ordered or charged. Look at the new total and press the button again if you agree.`,
    }
  }
  const nameOf = (sku: string) => items.find((item) => item.sku === sku)?.name ?? sku
  return {
    title: 'Not everything is in stock any more',
    text: (
      <>
        <p>Nothing was ordered or charged.</p>
        <ul className="mt-1 list-disc pl-5">
          {refusal.lines.map(({ sku, requested, available }) => (
            <li key={sku}>
              {nameOf(sku)}: {available === 0 ? 'sold out' : `only ${available} of ${requested} left`}
            </li>
          ))}
        </ul>
      </>
    ),
    actions: (
      <Button variant="secondary" onClick={() => onFix(refusal.lines)}>
        Change the order to what is left
      </Button>
    ),
  }
}
