'use client'

import { newId } from '@souk/kernel/id'
import type { ReturnDetail } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { ExchangeFields, readExchange } from './exchange-fields.tsx'
import { useReturnWrites } from './use-return-writes.ts'

/** Another variant, or none: what is held for the customer until now goes free. */
export function ExchangeDialog({ detail, onClose }: { detail: ReturnDetail; onClose: () => void }) {
  const toast = useToast()
  // One exchange each time the dialog opens; pressing twice in it holds goods once.
  const [exchangeId] = useState(newId)
  const { exchange } = useReturnWrites((changed) => {
    toast({
      text:
        changed.exchange === null
          ? `Nothing is exchanged with return ${changed.number}`
          : `The exchange of return ${changed.number} is changed`,
    })
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (exchange.isPending) return
    const wishes = readExchange(detail, new FormData(event.currentTarget))
    exchange.mutate({ id: detail.id, exchangeId, exchange: wishes })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !exchange.isPending && onClose()}
      title={`Exchange of return ${detail.number}`}
      description="What is chosen is held at the price of today. Without an exchange the money goes back."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {exchange.error && <ProblemNotice title="The exchange was not changed" error={exchange.error} />}
        <ExchangeFields detail={detail} />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" size="small" isLoading={exchange.isPending}>
            Change the exchange
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
