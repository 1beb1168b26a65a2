'use client'

import type { User } from '@souk/identity/contract'
import { newId } from '@souk/kernel/id'
import { MAX_GIFT_CARD_MINOR } from '@souk/payment/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { parseAmount } from '../../money-text.ts'

/** Gives a customer store credit, with a reason that the customer reads too. */
export function GrantDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  // One id for this dialog: pressing twice, or again after a lost answer, gives it once.
  const [id] = useState(newId)
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const grant = useMutation(
    api.admin.credit.grant.mutationOptions({
      onSuccess: (credit) => {
        toast({ text: `${user.name} now has ${moneyText(credit.balance)} of store credit` })
        onClose()
      },
      onSettled: () => void queries.invalidateQueries(api.admin.credit.pathFilter()),
    }),
  )
  const amount = parseAmount(text)
  const isAmount = amount !== undefined && amount >= 1 && amount <= MAX_GIFT_CARD_MINOR
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (!isAmount || reason.trim() === '' || grant.isPending) return
    grant.mutate({ id, userId: user.id, amount: { amount, currency: 'EUR' }, reason: reason.trim() })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !grant.isPending && onClose()}
      title={`Give ${user.name} store credit`}
      description={user.email}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {grant.error && <ProblemNotice title="The store credit is not confirmed" error={grant.error} />}
        <TextField
          label="Amount"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={isChecked && !isAmount ? 'Type an amount up to 10,000.00.' : undefined}
          className="figures"
        />
        <TextField
          label="Reason"
          hint="The customer reads it in the account."
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={isChecked && reason.trim() === '' ? 'Say why.' : undefined}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" size="small" onClick={onClose}>
            Do not give
          </Button>
          <Button type="submit" size="small" isLoading={grant.isPending}>
            Give store credit
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
