'use client'

import { Email } from '@souk/kernel/address'
import { newId } from '@souk/kernel/id'
import { type IssuedGiftCard, MAX_GIFT_CARD_MINOR } from '@souk/payment/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { parseAmount } from '../../money-text.ts'

/** Asks what to put on the card, then shows its code, which nobody sees again. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  // One id for this dialog: pressing twice, or again after a lost answer, issues one card.
  const [id] = useState(newId)
  const issue = useMutation(
    api.admin.credit.issue.mutationOptions({
      onSettled: () => void queries.invalidateQueries(api.admin.credit.pathFilter()),
    }),
  )
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !issue.isPending && onClose()}
      title={issue.data ? 'The gift card is issued' : 'Issue a gift card'}
      description={
        issue.data ? 'Copy the code now. It is shown once.' : 'Its code can be spent by whoever has it.'
      }
    >
      {issue.data ? (
        <Issued card={issue.data} onClose={onClose} />
      ) : (
        <IssueForm
          isLoading={issue.isPending}
          error={issue.error}
          onCancel={onClose}
          onReady={(wish) => issue.mutate({ id, ...wish })}
        />
      )}
    </Dialog>
  )
}

function Issued({ card, onClose }: { card: IssuedGiftCard; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p>
        <output
          aria-label="Code"
          className="figures block break-all rounded-control bg-tile p-4 text-center text-lg"
        >
          {card.code}
        </output>
      </p>
      <p className="text-sm">
        {moneyText(card.balance)}{' '}
        {card.recipientEmail ? `, also on its way to ${card.recipientEmail}.` : 'on it.'}
      </p>
      <div className="flex justify-end">
        <Button size="small" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

type Wish = {
  amount: { amount: number; currency: 'EUR' }
  expiresAt?: string
  note?: string
  recipientEmail?: string
}

function IssueForm({
  isLoading,
  error,
  onReady,
  onCancel,
}: {
  isLoading: boolean
  error: unknown
  onReady: (wish: Wish) => void
  onCancel: () => void
}) {
  const [values, setValues] = useState({ amount: '', expires: '', email: '', note: '' })
  const [isChecked, setIsChecked] = useState(false)
  const amountMinor = parseAmount(values.amount)
  const email = values.email.trim()
  const errors = {
    amount:
      amountMinor === undefined || amountMinor < 1 || amountMinor > MAX_GIFT_CARD_MINOR
        ? 'Type an amount up to 10,000.00.'
        : undefined,
    email: email !== '' && !Email.safeParse(email).success ? 'This is not an e-mail address.' : undefined,
  }
  const set = (name: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [name]: event.target.value })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (isLoading || amountMinor === undefined || errors.amount || errors.email) return
    const note = values.note.trim()
    onReady({
      amount: { amount: amountMinor, currency: 'EUR' },
      ...(values.expires === '' ? {} : { expiresAt: `${values.expires}T23:59:59Z` }),
      ...(note === '' ? {} : { note }),
      ...(email === '' ? {} : { recipientEmail: email }),
    })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {error !== null && <ProblemNotice title="The gift card is not confirmed" error={error} />}
      <TextField
        label="Amount"
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        onChange={set('amount')}
        error={isChecked ? errors.amount : undefined}
        className="figures"
      />
      <TextField
        label="Send the code to"
        type="email"
        isOptional
        autoComplete="off"
        value={values.email}
        onChange={set('email')}
        error={isChecked ? errors.email : undefined}
      />
      <TextField label="Last day" type="date" isOptional value={values.expires} onChange={set('expires')} />
      <TextField
        label="Note"
        isOptional
        maxLength={300}
        hint="For staff only."
        value={values.note}
        onChange={set('note')}
      />
      <div className="flex flex-wrap justify-end gap-3 pt-1">
        <Button variant="secondary" size="small" onClick={onCancel}>
          Do not issue
        </Button>
        <Button type="submit" size="small" isLoading={isLoading}>
          Issue
        </Button>
      </div>
    </form>
  )
}
