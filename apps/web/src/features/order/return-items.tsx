'use client'

import { newId } from '@souk/kernel/id'
import type { ExchangeOption, Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { LocalTime } from '../../local-time.tsx'
import { returnableLines } from './return-words.ts'

const ReturnDialog = dynamic(() => import('./return-dialog.tsx').then((module) => module.ReturnDialog), {
  ssr: false,
})

export type ReturnWish = {
  returnId: string
  lines: { sku: string; quantity: number; exchangeFor?: string }[]
  reason: string
  note: string | undefined
}
export type ReturnAnswer = { status: 'requested'; order: Order } | { status: 'refused'; message: string }
export type ExchangeAnswer = { status: 'found'; options: ExchangeOption[] } | { status: 'failed' }
type ReturnItemsProps = {
  order: Order
  onReturn: (orderId: string, wish: ReturnWish) => Promise<ReturnAnswer>
  onExchangeOptions: (orderId: string, sku: string) => Promise<ExchangeAnswer>
  onReturned: (order: Order) => void
}

/** Only there while something can still be sent back. */
export function ReturnItems({ order, onReturn, onExchangeOptions, onReturned }: ReturnItemsProps) {
  const [returnId, setReturnId] = useState<string>()
  const lines = returnableLines(order, new Date())
  if (lines.length === 0 || order.returnableUntil === null) return null
  return (
    <div>
      {/* A new return each time the dialog opens; pressing twice in it asks for one. */}
      <Button variant="secondary" onClick={() => setReturnId(newId())}>
        Return or exchange items
      </Button>
      <p className="mt-2 text-ink-soft text-sm">
        Until <LocalTime at={order.returnableUntil} style="date" />
        {order.shipments.length > 1 && '. Each parcel has its own time, from the day it arrived'}
      </p>
      {returnId && (
        <ReturnDialog
          order={order}
          lines={lines}
          returnId={returnId}
          onClose={() => setReturnId(undefined)}
          onReturn={onReturn}
          onExchangeOptions={onExchangeOptions}
          onReturned={(changed) => {
            setReturnId(undefined)
            onReturned(changed)
          }}
        />
      )}
    </div>
  )
}
