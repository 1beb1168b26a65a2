'use client'

import { newId } from '@souk/kernel/id'
import { canMove, type Order } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import dynamic from 'next/dynamic'
import { useState, useTransition } from 'react'

const Dialog = dynamic(() => import('@souk/ui/dialog').then((module) => module.Dialog), { ssr: false })

export type CancelAnswer = { status: 'cancelled'; order: Order } | { status: 'refused'; message: string }
type CancelOrderProps = {
  order: Order
  onCancel: (orderId: string) => Promise<CancelAnswer>
  onCancelRest: (orderId: string, editId: string) => Promise<CancelAnswer>
  onCancelled: (order: Order) => void
}

/**
 * Asks once more before an order is undone, or what of it has not left. Only there while the order may still be
 * cancelled.
 */
export function CancelOrder({ order, onCancel, onCancelRest, onCancelled }: CancelOrderProps) {
  const [isAsked, setIsAsked] = useState(false)
  const [editId, setEditId] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const [isCancelling, startCancelling] = useTransition()
  const isRest = order.items.some((item) => item.shippedQuantity > 0)
  if (!canMove(order.status, 'cancelled', 'customer')) return null
  const words = isRest ? restWords : wholeWords

  function cancel(): void {
    startCancelling(async () => {
      const asked = isRest ? onCancelRest(order.id, editId) : onCancel(order.id)
      const answer = await asked.catch(
        (): CancelAnswer => ({
          status: 'refused',
          message: 'The shop could not be reached. Please check your connection and try again.',
        }),
      )
      if (answer.status === 'refused') return setRefusal(answer.message)
      setIsAsked(false)
      onCancelled(answer.order)
    })
  }

  return (
    <div>
      <Button
        variant="secondary"
        onClick={() => {
          setRefusal(undefined)
          // One id for each time it is asked: pressing twice is one cancellation.
          setEditId(newId())
          setIsAsked(true)
        }}
      >
        {words.open}
      </Button>
      {isAsked && (
        <Dialog
          isOpen
          onOpenChange={setIsAsked}
          title={words.title}
          footer={
            <div className="flex flex-wrap justify-end gap-3">
              <Button variant="secondary" onClick={() => setIsAsked(false)}>
                {words.keep}
              </Button>
              <Button variant="danger" isLoading={isCancelling} loadingLabel="Cancelling" onClick={cancel}>
                Yes, cancel it
              </Button>
            </div>
          }
        >
          {isRest ? (
            <RestToCancel order={order} />
          ) : (
            <p>Order {order.number} will not be sent. What you paid for it goes back the way it came.</p>
          )}
          {refusal && (
            <Alert tone="error" title={words.refused} className="mt-4">
              {refusal}
            </Alert>
          )}
        </Dialog>
      )}
    </div>
  )
}

const wholeWords = {
  open: 'Cancel order',
  title: 'Cancel this order?',
  keep: 'Keep order',
  refused: 'The order was not cancelled',
}
const restWords = {
  open: 'Cancel the rest',
  title: 'Cancel what has not left?',
  keep: 'Wait for it',
  refused: 'The rest was not cancelled',
}

function RestToCancel({ order }: { order: Order }) {
  return (
    <>
      <p>These will not be sent. What you paid for them goes back the way it came.</p>
      <ul className="mt-3 list-disc pl-5">
        {order.items
          .filter(({ quantity, shippedQuantity }) => quantity > shippedQuantity)
          .map(({ sku, quantity, shippedQuantity, name, optionsLabel }) => (
            <li key={sku}>
              {quantity - shippedQuantity} × {[name, optionsLabel].filter(Boolean).join(', ')}
            </li>
          ))}
      </ul>
    </>
  )
}
