'use client'

import { ScrollRegion } from '@souk/ui/admin-scroll'
import { Button } from '@souk/ui/button'
import { DataList } from '@souk/ui/data-list'
import { Dialog } from '@souk/ui/dialog'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import type { Letter } from './dead-letters.tsx'

/** The whole event as it arrived, and the way to try it once more. */
export function LetterDialog({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const replay = useMutation(
    api.admin.events.replay.mutationOptions({
      onSuccess: () => {
        toast({ text: `${letter.service} has handled ${letter.name}` })
        onClose()
      },
      onSettled: () => void queries.invalidateQueries(api.admin.events.pathFilter()),
    }),
  )
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={letter.name}
      description={`${letter.service} could not handle it in ${letter.attempts} attempts.`}
      className="w-[min(44rem,calc(100vw-2rem))]!"
      footer={
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" size="small" onClick={onClose}>
            Leave it
          </Button>
          <Button
            size="small"
            isLoading={replay.isPending}
            disabledReason={letter.replayedAt ? 'It has been handled since' : undefined}
            onClick={() => replay.mutate({ service: letter.service, id: letter.id })}
          >
            Handle it again
          </Button>
        </div>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {replay.error && <ProblemNotice title="It failed again; nothing was changed" error={replay.error} />}
        <DataList
          items={[
            { term: 'Reason', detail: <span className="break-words">{letter.reason}</span> },
            { term: 'Stream', detail: <span className="font-mono text-dense">{letter.stream}</span> },
            {
              term: 'Event id',
              detail: <span className="break-all font-mono text-dense">{letter.eventId}</span>,
            },
            { term: 'Gave up', detail: <DateTime value={letter.failedAt} /> },
            ...(letter.replayedAt
              ? [{ term: 'Handled', detail: <DateTime value={letter.replayedAt} /> }]
              : []),
          ]}
        />
        <ScrollRegion label="Event as it arrived" className="max-h-80 bg-surface p-3">
          <pre className="font-mono text-dense">{JSON.stringify(letter.envelope, null, 2)}</pre>
        </ScrollRegion>
      </div>
    </Dialog>
  )
}
