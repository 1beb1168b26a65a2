'use client'

import type { Credit } from '@souk/payment/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'

/** Ends a card for good, with a reason that its ledger keeps. */
export function DisableCard({ credit }: { credit: Credit }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const disable = useMutation(
    api.admin.credit.disable.mutationOptions({
      onSuccess: () => {
        setIsOpen(false)
        toast({ text: 'The gift card is disabled' })
      },
      onSettled: () => void queries.invalidateQueries(api.admin.credit.pathFilter()),
    }),
  )
  if (credit.status === 'disabled' && credit.balance.amount === 0) return null
  const error = reason.trim() === '' ? 'Say why; the ledger keeps it.' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (!error && !disable.isPending) disable.mutate({ id: credit.id, reason: reason.trim() })
  }
  return (
    <>
      <Button variant="secondary" size="small" onClick={() => setIsOpen(true)}>
        Disable
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={(next) => !disable.isPending && setIsOpen(next)}
        title="Disable this gift card?"
        description={`${moneyText(credit.balance)} on it becomes void. This cannot be undone.`}
      >
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {disable.error && <ProblemNotice title="The gift card is not disabled" error={disable.error} />}
          <TextField
            label="Reason"
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            error={isChecked ? error : undefined}
          />
          <div className="flex flex-wrap justify-end gap-3">
            <Button variant="secondary" size="small" onClick={() => setIsOpen(false)}>
              Keep it
            </Button>
            <Button type="submit" variant="danger" size="small" isLoading={disable.isPending}>
              Disable gift card
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
