'use client'

import { newId } from '@souk/kernel/id'
import type { Order } from '@souk/order/contract'
import type { Payment } from '@souk/payment/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { minorText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { RefundForm, type RefundWish } from './refund-form.tsx'
import { refundableMinor } from './refund-rules.ts'

/** Two steps: what to give back and why, then the sum once more before it leaves. */
export function RefundDialog({
  order,
  payment,
  onClose,
}: {
  order: Order
  payment: Payment
  onClose: () => void
}) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, refunds once.
  const [id] = useState(newId)
  const [wish, setWish] = useState<RefundWish>({ text: '', reason: '', to: 'original' })
  const [amountMinor, setAmountMinor] = useState<number>()
  const leftMinor = refundableMinor(payment)
  const ways = [
    { value: 'original' as const, label: `The way it was paid: ${payment.method.label}` },
    order.userId === null
      ? { value: 'gift_card' as const, label: `As a gift card, mailed to ${order.email}` }
      : { value: 'store_credit' as const, label: 'As store credit of the customer' },
  ]
  const refund = useMutation(
    api.admin.payment.refund.mutationOptions({
      onSuccess: (made) => {
        toast({
          text: `${minorText(made.amount.amount, made.amount.currency)} refunded on order ${order.number}`,
        })
        onClose()
      },
      onSettled: () => {
        void queries.invalidateQueries(api.admin.payment.pathFilter())
        void queries.invalidateQueries(api.admin.order.pathFilter())
        void queries.invalidateQueries(api.admin.report.pathFilter())
      },
    }),
  )
  const sum = minorText(amountMinor ?? 0, payment.amount.currency)
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !refund.isPending && onClose()}
      title={amountMinor === undefined ? `Refund order ${order.number}` : `Refund ${sum}?`}
      description={`${minorText(leftMinor, payment.amount.currency)} of ${minorText(payment.captured.amount, payment.captured.currency)} can be refunded.`}
    >
      {amountMinor === undefined ? (
        <RefundForm
          leftMinor={leftMinor}
          wish={wish}
          ways={ways}
          onCancel={onClose}
          onReady={(ready, minor) => {
            setWish(ready)
            setAmountMinor(minor)
          }}
        />
      ) : (
        <div className="flex flex-col gap-4">
          {refund.error && <ProblemNotice title="The refund is not confirmed" error={refund.error} />}
          <p className="text-sm">
            <strong className="font-medium">{sum}</strong> goes back to the customer.{' '}
            {ways.find(({ value }) => value === wish.to)?.label}. This cannot be undone.
          </p>
          <p className="text-ink-soft text-sm">Reason: {wish.reason}</p>
          <div className="flex flex-wrap justify-end gap-3">
            <Button
              variant="secondary"
              size="small"
              onClick={() => {
                refund.reset()
                setAmountMinor(undefined)
              }}
            >
              Change
            </Button>
            <Button
              variant="danger"
              size="small"
              isLoading={refund.isPending}
              onClick={() =>
                refund.mutate({
                  id,
                  paymentId: payment.id,
                  amount: { amount: amountMinor, currency: payment.amount.currency },
                  reason: wish.reason,
                  to: wish.to,
                  ...(wish.to === 'gift_card' ? { recipientEmail: order.email } : {}),
                })
              }
            >
              Refund {sum}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
