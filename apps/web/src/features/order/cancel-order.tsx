'use client'

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
  onCancelled: (order: Order) => void
}

/** Asks once more before an order is undone. Only there while the order may still be cancelled. */
export function CancelOrder({ order, onCancel, onCancelled }: CancelOrderProps) {
  const [isAsked, setIsAsked] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const [isCancelling, startCancelling] = useTransition()
  const hasLeft = order.items.some((item) => item.shippedQuantity > 0)
  if (hasLeft || !canMove(order.status, 'cancelled', 'customer')) return null

  function cancel(): void {
    startCancelling(async () => {
      const answer = await onCancel(order.id).catch(
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
          setIsAsked(true)
        }}
      >
        Cancel order
      </Button>
      {isAsked && (
        <Dialog
          isOpen
          onOpenChange={setIsAsked}
          title="Cancel this order?"
          footer={
            <div className="flex flex-wrap justify-end gap-3">
              <Button variant="secondary" onClick={() => setIsAsked(false)}>
                Keep order
              </Button>
              <Button variant="danger" isLoading={isCancelling} loadingLabel="Cancelling" onClick={cancel}>
                Yes, cancel it
              </Button>
            </div>
          }
        >
          <p>Order {order.number} will not be sent. What you paid for it goes back the way it came.</p>
          {refusal && (
            <Alert tone="error" title="The order was not cancelled" className="mt-4">
              {refusal}
            </Alert>
          )}
        </Dialog>
      )}
    </div>
  )
}
