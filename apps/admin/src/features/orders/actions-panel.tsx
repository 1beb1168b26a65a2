'use client'

import type { Order } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { CancelRestDialog } from './cancel-rest-dialog.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { whyNoEdit } from './edit-rules.ts'
import { type OrderAction, orderActions } from './order-actions.ts'
import { isPartShipped } from './parcel-rules.ts'
import { RefundDialog } from './refund-dialog.tsx'
import { whyNoRefund } from './refund-rules.ts'
import { ReturnDialog } from './return-dialog.tsx'
import { ShipDialog } from './ship-dialog.tsx'
import { useOrderWrites } from './use-order-writes.ts'

type Step = OrderAction['step'] | 'refund' | 'edit'
type Choice = { step: Step; label: string; whyNot: string | undefined }

export function ActionsPanel({ order }: { order: Order }) {
  const api = useApi()
  const toast = useToast()
  const [open, setOpen] = useState<Step>()
  const close = (isOpen: boolean) => !isOpen && setOpen(undefined)
  const { changeStatus } = useOrderWrites((changed) =>
    toast({
      text: `Order ${changed.number} is ${changed.status === 'delivered' ? 'delivered' : 'being processed'}`,
    }),
  )
  const payment = useQuery(
    api.admin.payment.get.queryOptions({ id: order.payment?.id ?? '' }, { enabled: order.payment !== null }),
  ).data
  const choices: Choice[] = [
    ...orderActions(order.status).map((action) => ({
      ...action,
      label: action.step === 'cancelled' && hasRest(order) ? 'Cancel the rest' : action.label,
      whyNot: action.whyNot ?? whyNotEmpty(order, action.step),
    })),
    { step: 'edit', label: 'Edit order', whyNot: whyNoEdit(order) },
    { step: 'refund', label: 'Refund', whyNot: whyNoRefund(payment) },
  ]
  const take = (step: Step) => {
    if (step === 'processing' || step === 'delivered') changeStatus.mutate({ id: order.id, status: step })
    else setOpen(step)
  }

  return (
    <Panel title="Actions">
      <div className="flex flex-col gap-2">
        {changeStatus.error && <ProblemNotice title="The order was not changed" error={changeStatus.error} />}
        {choices.map((choice, index) => (
          <Action
            key={choice.step}
            choice={choice}
            isMain={choice.step === mainStep(choices)}
            // One reason for several buttons is said once, below the last of them.
            isReasonRepeated={choices[index + 1]?.whyNot === choice.whyNot}
            isLoading={changeStatus.isPending && changeStatus.variables.status === choice.step}
            onTake={() => take(choice.step)}
          />
        ))}
      </div>
      {open === 'shipped' && <ShipDialog order={order} onClose={() => close(false)} />}
      {open === 'cancelled' && isPartShipped(order) ? (
        <CancelRestDialog order={order} onClose={() => close(false)} />
      ) : (
        <CancelDialog order={order} isOpen={open === 'cancelled'} onOpenChange={close} />
      )}
      {open === 'edit' && <EditDialog order={order} onClose={() => close(false)} />}
      {open === 'returned' && <ReturnDialog order={order} onClose={() => close(false)} />}
      {payment && open === 'refund' && (
        <RefundDialog order={order} payment={payment} onClose={() => close(false)} />
      )}
    </Panel>
  )
}

/** A part has left, and more is to come. */
function hasRest(order: Order): boolean {
  return order.status === 'processing' && isPartShipped(order)
}

/** What an order in this state most likely waits for. */
function mainStep(choices: readonly Choice[]): Step | undefined {
  const order: Step[] = ['shipped', 'delivered', 'processing']
  return order.find((step) => choices.some((choice) => choice.step === step && choice.whyNot === undefined))
}

function Action(props: {
  choice: Choice
  isMain: boolean
  isReasonRepeated: boolean
  isLoading: boolean
  onTake: () => void
}) {
  const { step, label, whyNot } = props.choice
  const variant = step === 'cancelled' ? 'danger' : props.isMain ? 'primary' : 'secondary'
  return (
    <Button
      size="small"
      isWide
      variant={variant}
      isLoading={props.isLoading}
      disabledReason={whyNot}
      showsReason={!props.isReasonRepeated}
      onClick={props.onTake}
    >
      {label}
    </Button>
  )
}

function whyNotEmpty(order: Order, step: OrderAction['step']): string | undefined {
  const isSending = step === 'shipped' || step === 'processing'
  if (!isSending || order.items.length > 0) return undefined
  return 'All of it was exchanged, and waits for what takes its place'
}
