'use client'

import type { Difference } from '@souk/payment/contract'
import { Button } from '@souk/ui/button'
import { DataList } from '@souk/ui/data-list'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { kindWords, resolutionWords, sumsText } from './difference-words.ts'

/** Both sides of a difference, and the way to say that it was seen to. */
export function DifferenceDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const form = useId()
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const settle = useMutation(
    api.admin.payment.settleDifference.mutationOptions({
      onSuccess: () => {
        toast({ text: `Difference of ${difference.providerRef} settled` })
        onClose()
      },
      onSettled: () => void queries.invalidateQueries(api.admin.payment.pathFilter()),
    }),
  )
  function submit(event: FormEvent): void {
    event.preventDefault()
    const text = note.trim()
    setError(text === '' ? 'Say what was done about it.' : undefined)
    if (text !== '') settle.mutate({ id: difference.id, note: text })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !settle.isPending && onClose()}
      title={kindWords[difference.kind]}
      description={`At ${difference.provider}, under ${difference.providerRef}.`}
      footer={
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" size="small" onClick={onClose}>
            Close
          </Button>
          {!difference.resolvedAt && (
            <Button size="small" type="submit" form={form} isLoading={settle.isPending}>
              Settle by hand
            </Button>
          )}
        </div>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {settle.error && <ProblemNotice title="It could not be settled" error={settle.error} />}
        <DataList
          items={[
            { term: 'Our books', detail: sumsText(difference.ours) },
            { term: 'Provider', detail: sumsText(difference.theirs) },
            { term: 'First seen', detail: <DateTime value={difference.firstSeenAt} /> },
            ...(difference.paymentId
              ? [
                  {
                    term: 'Payment',
                    detail: <span className="break-all font-mono text-dense">{difference.paymentId}</span>,
                  },
                ]
              : []),
            ...(difference.resolution
              ? [
                  {
                    term: resolutionWords[difference.resolution],
                    detail: difference.note ?? <DateTime value={difference.resolvedAt ?? ''} />,
                  },
                ]
              : []),
          ]}
        />
        {!difference.resolvedAt && (
          <form id={form} noValidate onSubmit={submit}>
            <TextField
              label="What was done"
              hint="Kept with the difference. It is not shown again unless the figures change."
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              error={error}
            />
          </form>
        )}
      </div>
    </Dialog>
  )
}
