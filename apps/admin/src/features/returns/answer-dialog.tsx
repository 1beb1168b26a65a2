'use client'

import type { ReturnDetail } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextAreaField } from '@souk/ui/text-area-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { ExchangeFields, readExchange } from './exchange-fields.tsx'
import { useReturnWrites } from './use-return-writes.ts'

/** Yes or no to a return, with words that the customer reads. */
export function AnswerDialog({
  detail,
  to,
  onClose,
}: {
  detail: ReturnDetail
  to: 'approved' | 'declined'
  onClose: () => void
}) {
  const toast = useToast()
  const [error, setError] = useState<string>()
  const { approve, decline } = useReturnWrites((changed) => {
    toast({ text: `Return ${changed.number} is ${to}. The customer is told by e-mail.` })
    onClose()
  })
  const isApproval = to === 'approved'
  const writing = isApproval ? approve : decline
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (writing.isPending) return
    const form = new FormData(event.currentTarget)
    const answer = String(form.get('answer')).trim()
    const exchange = readExchange(detail, form)
    if (isApproval) return approve.mutate({ id: detail.id, answer: answer || undefined, exchange })
    setError(answer ? undefined : 'Say why; the customer reads it.')
    if (answer) decline.mutate({ id: detail.id, answer })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isApproval ? `Approve return ${detail.number}` : `Decline return ${detail.number}`}
      description="The customer gets an e-mail with your words."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {writing.error && <ProblemNotice title="The return was not changed" error={writing.error} />}
        {isApproval && <ExchangeFields detail={detail} />}
        <TextAreaField
          label={isApproval ? 'How to send it back' : 'Why not'}
          name="answer"
          rows={4}
          maxLength={1000}
          isOptional={isApproval}
          error={error}
          hint={
            isApproval ? 'Without words we ask them to pack the goods well and send them to us.' : undefined
          }
        />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button
            type="submit"
            size="small"
            variant={isApproval ? 'primary' : 'danger'}
            isLoading={writing.isPending}
          >
            {isApproval ? 'Approve return' : 'Decline return'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
