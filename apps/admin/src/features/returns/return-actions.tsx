'use client'

import { nextReturnStatuses, type ReturnDetail, type ReturnStatus } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { useState } from 'react'
import { AnswerDialog } from './answer-dialog.tsx'
import { ExchangeDialog } from './exchange-dialog.tsx'
import { ReceiveDialog } from './receive-dialog.tsx'
import { RefundReturnDialog } from './refund-return-dialog.tsx'

const labels: Partial<Record<ReturnStatus, string>> = {
  approved: 'Approve',
  received: 'Take the goods in',
  refunding: 'Refund',
  declined: 'Decline',
}
const waiting: Partial<Record<ReturnStatus, string>> = {
  refunding: 'The payment provider is asked to give the money back. This settles by itself.',
  declined: 'This return is declined. The customer can ask again while there is time.',
  completed: 'Nothing is left to do.',
}

const exchanging = 'What is sent instead takes its course. What it leaves of the money goes back by itself.'

/** The steps of the contract's table; closing without a refund is a refund of nothing. */
export function ReturnActions({ detail }: { detail: ReturnDetail }) {
  const [open, setOpen] = useState<ReturnStatus | 'exchange'>()
  const isExchanged = detail.exchange?.state === 'open' || detail.exchange?.state === 'started'
  const isOrdered = detail.exchange?.state === 'placed'
  const mayExchange = (detail.status === 'approved' || detail.status === 'received') && !isOrdered
  const steps = nextReturnStatuses(detail.status)
    .filter((status) => labels[status] !== undefined)
    // While something is sent instead, what is left is given back by itself.
    .filter((status) => !(isExchanged && status === 'refunding'))
  const close = () => setOpen(undefined)
  return (
    <Panel title="Actions">
      <div className="flex flex-col gap-2">
        {steps
          .toSorted((a, b) => Number(a === 'declined') - Number(b === 'declined'))
          .map((status) => (
            <Button
              key={status}
              size="small"
              isWide
              variant={status === 'declined' ? 'danger' : 'primary'}
              onClick={() => setOpen(status)}
            >
              {labels[status]}
            </Button>
          ))}
        {mayExchange && (
          <Button size="small" isWide variant="secondary" onClick={() => setOpen('exchange')}>
            {isExchanged ? 'Change the exchange' : 'Exchange instead'}
          </Button>
        )}
        {steps.length === 0 && (
          <p className="text-ink-soft text-sm">{isExchanged ? exchanging : waiting[detail.status]}</p>
        )}
      </div>
      {(open === 'approved' || open === 'declined') && (
        <AnswerDialog detail={detail} to={open} onClose={close} />
      )}
      {open === 'exchange' && <ExchangeDialog detail={detail} onClose={close} />}
      {open === 'received' && <ReceiveDialog detail={detail} onClose={close} />}
      {open === 'refunding' && <RefundReturnDialog detail={detail} onClose={close} />}
    </Panel>
  )
}
